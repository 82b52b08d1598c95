// In a worker, `onmessage` is set before the first await, or messages already sent are lost.
import init, { nik } from '../web.js';

const ready = init();
self.onmessage = async (e) => {
  await ready;
  self.postMessage(nik.examine(e.data, { asOf: '2026-11-21' }).valid);
};
