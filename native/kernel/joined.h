// Files that are read as one, such as the pages files of a checkpoint: the first bytes of one, then those of the next. A joined file
// has a number that no descriptor has, and takes the place of one where commands read a file.
#pragma once
#include <napi.h>

#include <cstdint>

namespace farpage {

/** A byte's place, and how many bytes the file may be read for from there on. */
struct Place {
  int fd;
  uint64_t offset;
  uint64_t bytes;
};

/** Where a byte of a file is, joined or not; past the end of a joined file 0 bytes. */
Place placeIn(int file, uint64_t offset);

void defineJoined(Napi::Env env, Napi::Object exports);

}  // namespace farpage
