// A pager's counters as observable instruments of OpenTelemetry. `meter` is of @opentelemetry/api:
//   import { metrics } from '@opentelemetry/api';
//   const stop = observePager(pager, metrics.getMeter('farpage'));
// Start it in a process whose SDK exports metrics; `stop` before you close the pager. Alone it prints one export:
//   node examples/opentelemetry.mjs
import { createPager } from 'farpage';

/** Reads all counters once for each export. @returns a function that ends it */
export function observePager(pager, meter) {
  const faults = meter.createObservableCounter('farpage.faults', { description: 'Faults by kind' });
  const fills = meter.createObservableCounter('farpage.fills', { description: 'Pages installed, by origin' });
  const evictions = meter.createObservableCounter('farpage.evictions', { unit: '{page}' });
  const io = meter.createObservableCounter('farpage.store.io', { unit: 'By' });
  const resident = meter.createObservableUpDownCounter('farpage.resident.peak', { unit: 'By' });
  const latency = meter.createObservableGauge('farpage.fault.duration', { unit: 's' });
  const instruments = [faults, fills, evictions, io, resident, latency];
  let last = pager.histogram('fault');

  const observe = (result) => {
    const stats = pager.stats();
    for (const [kind, count] of Object.entries(stats.faults)) result.observe(faults, count, { kind });
    for (const [from, count] of Object.entries(stats.fills)) result.observe(fills, count, { from });
    result.observe(evictions, stats.evictions);
    result.observe(io, stats.store.bytesRead, { direction: 'read' });
    result.observe(io, stats.store.bytesWritten, { direction: 'write' });
    result.observe(resident, stats.residentBytesPeak);
    // Of the faults since the last export.
    const now = pager.histogram('fault');
    const recent = now.since(last);
    last = now;
    for (const percentile of [50, 99]) {
      result.observe(latency, recent.percentile(percentile) / 1e9, { percentile: String(percentile) });
    }
  };
  meter.addBatchObservableCallback(observe, instruments);
  return () => meter.removeBatchObservableCallback(observe, instruments);
}

if (process.argv[1] === import.meta.filename) {
  const pager = await createPager();
  const instrument = (name) => name;
  let exportOnce;
  observePager(pager, {
    createObservableCounter: instrument,
    createObservableUpDownCounter: instrument,
    createObservableGauge: instrument,
    addBatchObservableCallback: (callback) => {
      exportOnce = callback;
    },
  });
  const region = await pager.map({ byteLength: '1MiB' });
  region.view(Uint8Array).fill(7);
  exportOnce({ observe: (name, value, labels = {}) => console.log(name, value, ...Object.values(labels)) });
  await pager.close();
}
