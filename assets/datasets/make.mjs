// Cuts the small samples that are shipped with the app out of the full data sets. Run by hand when they change; the app only reads the result.
//
//   node assets/datasets/make.mjs [FOLDER]      FOLDER holds mnist/ and fashion-mnist-mini/; default: NETWRIGHT_DATA, else ../shared/data
//
// The same input gives the same bytes: samples keep their order, and the gzip header carries neither a time nor a system.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const here = import.meta.dirname;
const source = process.argv[2] ?? process.env.NETWRIGHT_DATA ?? join(here, '../../../shared/data');

/** How many samples of each file go into each shipped folder; all where nothing is said. */
const samples = {
  'mnist-sample': { from: 'mnist', train: 4000, t10k: 1000 },
  'fashion-mnist-mini': { from: 'fashion-mnist-mini', train: Infinity, t10k: Infinity },
};

/**
 * The first samples of an IDX file: its header says type and axes (big-endian), then come the values.
 * @param {Buffer} idx
 * @param {number} count
 */
function firstSamples(idx, count) {
  const axes = idx[3] ?? 0;
  const header = Buffer.from(idx.subarray(0, 4 + 4 * axes));
  const kept = Math.min(count, header.readUInt32BE(4));
  let sampleSize = 1;
  for (let axis = 1; axis < axes; axis++) sampleSize *= header.readUInt32BE(4 + 4 * axis);
  header.writeUInt32BE(kept, 4);
  return Buffer.concat([header, idx.subarray(header.length, header.length + kept * sampleSize)]);
}

/**
 * Gzip without a trace of when and where it was made.
 * @param {Buffer} bytes
 */
function plainGzip(bytes) {
  const zipped = gzipSync(bytes, { level: 9 });
  const unknownSystem = 255;
  zipped[9] = unknownSystem;
  return zipped;
}

for (const [name, { from, ...counts }] of Object.entries(samples)) {
  mkdirSync(join(here, name), { recursive: true });
  for (const [part, count] of Object.entries(counts)) {
    for (const kind of ['images-idx3', 'labels-idx1']) {
      const file = `${part}-${kind}-ubyte.gz`;
      const cut = plainGzip(firstSamples(gunzipSync(readFileSync(join(source, from, file))), count));
      writeFileSync(join(here, name, file), cut);
      process.stdout.write(`${name}/${file}: ${cut.length} bytes\n`);
    }
  }
}
