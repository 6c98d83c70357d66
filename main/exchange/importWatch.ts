// The importer's watch, in a thread of its own: a damaged file can make the library that reads it go round in circles, where no message
// and no timer reaches, or ask for gigabytes. Ends the whole process once it has worked longer, or holds more memory, than any sound file
// needs; other programs' work does not count.

import { workerData } from 'node:worker_threads';

const { seconds, memory } = workerData as { readonly seconds: number /** In bytes. */; readonly memory: number };
const { user, system } = process.cpuUsage();
const worked = (): number => {
  const now = process.cpuUsage({ user, system });
  return (now.user + now.system) / 1e6;
};

setInterval(() => {
  if (worked() > seconds || process.memoryUsage.rss() > memory) process.kill(process.pid, 'SIGKILL');
}, 20);
