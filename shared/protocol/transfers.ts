// How large a file may be that crosses between window and main process, and its pieces.

/** Bytes of one piece: in base64 well under what one message may hold. */
export const pieceBytes = 4 * 1024 * 1024;
/** Bytes of a whole file. */
export const largestTransfer = 1_000_000_000;
