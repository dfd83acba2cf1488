// WebAssembly modules that touch memory in bounds and out of them.

// (module (memory 1 1) (func (export "get") (param i32) (result i32) (i32.load (local.get 0))))
export const OWN_MEMORY = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 3, 2, 1, 0, 5, 4, 1, 1, 1, 1, 7, 7, 1, 3, 103, 101, 116, 0,
  0, 10, 9, 1, 7, 0, 32, 0, 40, 2, 0, 11,
];
// (module (import "m" "m" (memory 1 65536 shared)) (func (export "put") (param i32 i32) (i32.store …))
//   (func (export "get") (param i32) (result i32) …))
export const THEIR_MEMORY = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 11, 2, 96, 2, 127, 127, 0, 96, 1, 127, 1, 127, 2, 11, 1, 1, 109, 1, 109, 2, 3, 1, 128,
  128, 4, 3, 3, 2, 0, 1, 7, 13, 2, 3, 112, 117, 116, 0, 0, 3, 103, 101, 116, 0, 1, 10, 19, 2, 9, 0, 32, 0, 32, 1, 54, 2,
  0, 11, 7, 0, 32, 0, 40, 2, 0, 11,
];

interface Code {
  get(at: number): number;
  put(at: number, value: number): void;
}

export function instance(bytes: number[], imports: { m?: { m: WebAssembly.Memory } } = {}): Code {
  const module = new WebAssembly.Module(Uint8Array.from(bytes));
  return new WebAssembly.Instance(module, imports).exports as unknown as Code;
}

/** Reads far past the end of a small memory: V8 relies on a fault for that. */
export function outOfBounds(code: Code, times: number): void {
  for (let round = 0; round < times; round++) {
    for (const at of [65536, 2 ** 30, -4]) {
      try {
        code.get(at);
      } catch (error) {
        if (error instanceof Error && error.name === 'RuntimeError') continue;
        throw error;
      }
      throw new Error(`${at} was in bounds`);
    }
    if (code.get(65532) !== 0) throw new Error('not zero');
  }
}
