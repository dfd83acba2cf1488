// Arguments of the addon's calls. Each is checked and named where it is read: a value of the wrong type or range throws a
// TypeError, and never reaches a system call.
#pragma once
#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace farpage {

class Arguments {
 public:
  /** `call` names the call in errors; both must outlive this object. */
  Arguments(const Napi::CallbackInfo& info, const char* call) : info_(info), call_(call) {}

  Napi::Env env() const { return info_.Env(); }

  int32_t int32(size_t at, const char* name) const;
  uint32_t uint32(size_t at, const char* name) const;
  /** A safe integer. */
  int64_t int64(size_t at, const char* name) const;
  /** A safe integer that is not negative: bytes, or a position in a file. */
  uint64_t length(size_t at, const char* name) const;
  /** An unsigned bigint of 64 bits: an address, or bits. */
  uint64_t word(size_t at, const char* name) const;
  void* pointer(size_t at, const char* name) const { return reinterpret_cast<void*>(word(at, name)); }
  bool boolean(size_t at, const char* name) const;
  std::string text(size_t at, const char* name) const;
  bool isNull(size_t at) const { return info_[at].IsNull(); }
  Napi::Function function(size_t at, const char* name) const;
  Napi::ArrayBuffer buffer(size_t at, const char* name) const;
  Napi::Uint8Array bytes(size_t at, const char* name) const;
  Napi::BigUint64Array words(size_t at, const char* name) const;
  Napi::Float64Array doubles(size_t at, const char* name) const;
  std::vector<int32_t> int32s(size_t at, const char* name) const;
  std::vector<uint64_t> words64(size_t at, const char* name) const;
  std::vector<std::string> texts(size_t at, const char* name) const;

  /** The object that an External holds. Only this addon creates Externals, so its type is known. */
  template <typename T>
  T* external(size_t at, const char* name) const {
    if (!info_[at].IsExternal()) refuse(at, name, "an object of the addon");
    return info_[at].As<Napi::External<T>>().Data();
  }

 private:
  double integer(const Napi::Value& value, size_t at, const char* name, double lowest, double highest,
                 const char* what) const;
  Napi::Array array(size_t at, const char* name, const char* what) const;
  template <typename T>
  T typed(size_t at, const char* name, napi_typedarray_type type, const char* what) const;
  [[noreturn]] void refuse(size_t at, const char* name, const char* what) const;

  const Napi::CallbackInfo& info_;
  const char* call_;
};

}  // namespace farpage
