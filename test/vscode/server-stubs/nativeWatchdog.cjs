// Stands in for VS Code's native watchdog: ends an extension host whose server is gone, even when its main thread is stuck.
const { Worker } = require('node:worker_threads');

const watch = `
const { workerData: server } = require('node:worker_threads');
setInterval(() => {
  try { process.kill(server, 0); } catch { process.kill(process.pid, 'SIGKILL'); }
}, 1000);
`;

exports.start = (server) => new Worker(watch, { eval: true, workerData: server }).unref();
