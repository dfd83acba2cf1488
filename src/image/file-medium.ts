// Writes an image into a file of its own.
import path from 'node:path';
import { isUrl, pathOf } from '../store/local-path.js';
import { settleAll } from '../store/store-error.js';
import type { ImageHeader } from './layout.js';
import { publicUrl } from './media.js';
import type { ImageMedium } from './medium.js';
import { NewFile } from './new-file.js';

export async function fileMedium(where: string, { pageSize }: Pick<ImageHeader, 'pageSize'>): Promise<ImageMedium> {
  const file = await NewFile.create(where);
  const writeSlots = (slot: number, bytes: Uint8Array) => file.write((1 + slot) * pageSize, bytes);
  return {
    writePages: (_first, slot, bytes) => writeSlots(slot, bytes),
    writeSlots,
    nameParent: (parent) => {
      if (isUrl(parent)) return [publicUrl(parent)];
      const whole = path.resolve(pathOf(parent));
      // Beside each other they may be moved together.
      return [path.relative(path.dirname(file.path), whole), whole];
    },
    async finish({ at, parts }, header) {
      let end = at;
      const writes = parts.map((part) => {
        end += part.length;
        return file.write(end - part.length, part);
      });
      await settleAll(writes);
      // A reader gets whole blocks.
      await file.grow(Math.ceil(end / pageSize) * pageSize);
      // No reader sees the file before it is renamed: so one sync is enough for all of it.
      await file.write(0, await header());
      await file.sync();
      await file.commit();
    },
    abort: () => file.abort(),
  };
}
