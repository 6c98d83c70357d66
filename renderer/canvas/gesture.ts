// What a gesture in progress tells single wires and nodes, so that nothing else is drawn again.

import { createContext, useContext } from 'react';

/** The connection that a dragged layer would be dropped into. */
export const InsertTarget = createContext<string | null>(null);
/** Whether a dragged layer hangs over this connection. */
export const useInsertTarget = (edge: string): boolean => useContext(InsertTarget) === edge;

/** The nodes that the connection being drawn may end at; null while none is drawn. */
export const Fits = createContext<ReadonlySet<string> | null>(null);
export const useFits = (node: string): boolean => useContext(Fits)?.has(node) ?? false;
