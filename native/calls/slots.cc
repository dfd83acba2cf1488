// Reads the dynamic section of each loaded object, and changes the entries of its global offset table that hold the address of
// a wrapped function. Under full RELRO the table is read-only and is opened for the moment.
#include "calls/slots.h"

#include <dlfcn.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>
#include <uv.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <functional>
#include <mutex>

#include "calls/calls.h"
#include "kernel/access.h"

namespace farpage {

namespace {

#if defined(__x86_64__)
constexpr uint64_t SLOT = R_X86_64_JUMP_SLOT;
constexpr uint64_t DATA = R_X86_64_GLOB_DAT;
#else
constexpr uint64_t SLOT = R_AARCH64_JUMP_SLOT;
constexpr uint64_t DATA = R_AARCH64_GLOB_DAT;
#endif

std::mutex& mutex() {
  static std::mutex& one = *new std::mutex;
  return one;
}

/** What the dynamic section of one object says. */
struct Imports {
  uint64_t base = 0;
  const ElfW(Sym)* symbols = nullptr;
  const char* names = nullptr;
  const ElfW(Rela)* plt = nullptr;
  size_t pltCount = 0;
  const ElfW(Rela)* data = nullptr;
  size_t dataCount = 0;
};

Imports importsOf(const dl_phdr_info& object) {
  Imports found;
  found.base = object.dlpi_addr;
  // glibc has added the base to these addresses, musl has not.
  const auto at = [&](uint64_t address) { return address < found.base ? address + found.base : address; };
  for (int i = 0; i < object.dlpi_phnum; i++) {
    if (object.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    auto* entry = reinterpret_cast<const ElfW(Dyn)*>(found.base + object.dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; entry++) {
      const uint64_t value = entry->d_un.d_val;
      if (entry->d_tag == DT_SYMTAB) found.symbols = reinterpret_cast<const ElfW(Sym)*>(at(value));
      if (entry->d_tag == DT_STRTAB) found.names = reinterpret_cast<const char*>(at(value));
      if (entry->d_tag == DT_JMPREL) found.plt = reinterpret_cast<const ElfW(Rela)*>(at(value));
      if (entry->d_tag == DT_PLTRELSZ) found.pltCount = value / sizeof(ElfW(Rela));
      if (entry->d_tag == DT_RELA) found.data = reinterpret_cast<const ElfW(Rela)*>(at(value));
      if (entry->d_tag == DT_RELASZ) found.dataCount = value / sizeof(ElfW(Rela));
    }
  }
  return found;
}

bool holds(const dl_phdr_info& object, const void* address) {
  const auto wanted = reinterpret_cast<uint64_t>(address);
  for (int i = 0; i < object.dlpi_phnum; i++) {
    const auto& segment = object.dlpi_phdr[i];
    const uint64_t start = object.dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && wanted >= start && wanted < start + segment.p_memsz) return true;
  }
  return false;
}

// One aligned store: another thread calls through the entry meanwhile.
void replace(void** slot, void* value) {
  const long page = sysconf(_SC_PAGESIZE);
  const auto start = reinterpret_cast<uintptr_t>(slot) & ~static_cast<uintptr_t>(page - 1);
  const bool closed = !accessibleNow(reinterpret_cast<uint64_t>(slot), true);
  if (closed && mprotect(reinterpret_cast<void*>(start), page, PROT_READ | PROT_WRITE) != 0) return;
  reinterpret_cast<std::atomic<void*>*>(slot)->store(value);
  if (closed) mprotect(reinterpret_cast<void*>(start), page, PROT_READ);
}

using Visit = std::function<void(const char* name, void** slot)>;

void visitTable(const Imports& imports, const ElfW(Rela)* table, size_t count, const Visit& visit) {
  for (size_t i = 0; table != nullptr && i < count; i++) {
    const uint64_t kind = ELF64_R_TYPE(table[i].r_info);
    if (kind != SLOT && kind != DATA) continue;
    const ElfW(Sym)& symbol = imports.symbols[ELF64_R_SYM(table[i].r_info)];
    // A library that defines the function itself stands between programs and the C library: the wrapper would call it again.
    if (symbol.st_shndx != SHN_UNDEF) continue;
    visit(imports.names + symbol.st_name, reinterpret_cast<void**>(imports.base + table[i].r_offset));
  }
}

void visitImports(const dl_phdr_info& object, const Visit& visit) {
  const Imports imports = importsOf(object);
  if (imports.symbols == nullptr || imports.names == nullptr) return;
  visitTable(imports, imports.plt, imports.pltCount, visit);
  visitTable(imports, imports.data, imports.dataCount, visit);
}

struct Search {
  const void* code;
  const char* name;
  void** slot;
  void* value;
};

int findSlot(dl_phdr_info* object, size_t, void* raw) {
  auto* search = static_cast<Search*>(raw);
  if (!holds(*object, search->code)) return 0;
  visitImports(*object, [&](const char* name, void** slot) {
    if (strcmp(name, search->name) != 0) return;
    search->slot = slot;
    search->value = holds(*object, *slot) ? nullptr : *slot;
  });
  return 1;
}

// The entry of libuv's object, and what it leads to: null if it is not resolved yet.
Search libuvSlot(const char* name) {
  Search search = {reinterpret_cast<const void*>(&uv_fs_read), name, nullptr, nullptr};
  dl_iterate_phdr(findSlot, &search);
  return search;
}

int isProgram(dl_phdr_info* object, size_t, void* raw) { return holds(*object, raw) ? 1 : -1; }

// What libuv calls, or would call. Not an address in the program: a program that takes a function's address makes its own stub
// that address for all, and the stub leads to the wrapper.
void* originalOf(const char* name) {
  const Search search = libuvSlot(name);
  if (search.value != nullptr) return search.value;
  for (void* handle : {RTLD_NEXT, RTLD_DEFAULT}) {
    void* found = dlsym(handle, name);
    if (found != nullptr && dl_iterate_phdr(isProgram, found) != 1) return found;
  }
  return nullptr;
}

// An entry that is not resolved yet leads into its own object.
void wrap(const dl_phdr_info& object, const char* name, void** slot) {
  for (size_t i = 0; i < WRAPPED_CALLS; i++) {
    const Wrapped& wrapped = wrappedCalls[i];
    if (strcmp(wrapped.name, name) != 0 || wrapped.original() == nullptr) continue;
    void* now = *slot;
    if (now == wrapped.original() || holds(object, now)) replace(slot, wrapped.wrapper);
  }
}

struct Walk {
  const void* self;
  unsigned long long loaded;
};

int wrapObject(dl_phdr_info* object, size_t, void* raw) {
  const auto* walk = static_cast<const Walk*>(raw);
  if (holds(*object, walk->self)) return 0;
  visitImports(*object, [object](const char* name, void** slot) { wrap(*object, name, slot); });
  return 0;
}

int countLoaded(dl_phdr_info* object, size_t, void* raw) {
  static_cast<Walk*>(raw)->loaded = object->dlpi_adds;
  return 1;
}

using Lookup = void*(void* handle, const char* name);
std::atomic<Lookup*> lookup{nullptr};

void* findWrapped(void* handle, const char* name) {
  for (size_t i = 0; i < WRAPPED_CALLS; i++) {
    const Wrapped& wrapped = wrappedCalls[i];
    if (handle == RTLD_DEFAULT && strcmp(wrapped.name, name) == 0 && wrapped.original() != nullptr) return wrapped.wrapper;
  }
  return lookup.load()(handle, name);
}

}  // namespace

void wrapLoadedObjects() {
  const std::lock_guard<std::mutex> lock(mutex());
  static unsigned long long known = 0;
  Walk walk = {reinterpret_cast<const void*>(&wrapLoadedObjects), 0};
  dl_iterate_phdr(countLoaded, &walk);
  if (walk.loaded == known) return;
  if (known == 0) findOriginals(originalOf);
  known = walk.loaded;
  dl_iterate_phdr(wrapObject, &walk);
}

LookupWrapped::LookupWrapped() {
  const Search search = libuvSlot("dlsym");
  if (search.value == nullptr) return;
  slot_ = search.slot;
  lookup.store(reinterpret_cast<Lookup*>(search.value));
  replace(slot_, reinterpret_cast<void*>(findWrapped));
}

LookupWrapped::~LookupWrapped() {
  if (slot_ != nullptr) replace(slot_, reinterpret_cast<void*>(lookup.load()));
}

}  // namespace farpage
