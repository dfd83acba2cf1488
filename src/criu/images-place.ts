// Where the images of a checkpoint are, as --images names it.
import { resolve } from 'node:path';
import { PagerError } from '../errors.js';
import { httpName } from '../store/http.js';
import { isRedisUrl } from '../store/redis-url.js';
import { completeUrl } from '../store/secrets.js';
import { HttpFolder } from './http-folder.js';
import { type ImageFolder, openLocalFolder } from './image-folder.js';
import { openRedisFolder, type RedisPlace, redisPlaceOf } from './redis-folder.js';

export type ImagesPlace =
  | { kind: 'folder'; path: string; name: string }
  | { kind: 'http'; url: string; name: string }
  | ({ kind: 'redis' } & RedisPlace);

const HINT = "give criu dump's -D, or http(s)://…, redis://…?prefix=…, or env:NAME for one of them in a variable";

/** @throws PagerError 'OPTION' if it is neither a path nor a URL of a kind that can hold images */
export function imagesPlace(images: string): ImagesPlace {
  if (images === '') throw new PagerError('OPTION', '--images: the path is empty', { hint: HINT });
  const whole = completeUrl(images);
  if (isRedisUrl(whole)) return { kind: 'redis', ...redisPlaceOf('--images', images) };
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(whole) ?? [];
  if (scheme === undefined) {
    if (whole === images) return { kind: 'folder', path: resolve(images), name: resolve(images) };
  } else if (/^https?:/i.test(scheme) && URL.canParse(whole))
    return { kind: 'http', url: whole, name: httpName(whole) };
  throw new PagerError('OPTION', `--images: ${scheme ?? 'it'} is not the URL of a folder that farpage can read`, {
    hint: HINT,
  });
}

/** @throws (rejects) PagerError if there is no such folder */
export async function openFolder(place: ImagesPlace): Promise<ImageFolder> {
  switch (place.kind) {
    case 'folder':
      return openLocalFolder(place.path);
    case 'http':
      return new HttpFolder(place.url);
    case 'redis':
      return openRedisFolder(place);
  }
}
