// Checks of args.h. A value of the wrong type or range throws a TypeError that names the call and the argument.
#include "args.h"

#include <cmath>

namespace farpage {

namespace {

// The largest integer that a JavaScript number holds exactly.
constexpr double SAFE = 9007199254740991.0;

std::string described(const Napi::Value& value) {
  if (value.IsNumber()) return value.ToString();
  if (value.IsBigInt()) return value.ToString().Utf8Value() + "n";
  if (value.IsUndefined() || value.IsNull() || value.IsBoolean()) return value.ToString();
  if (value.IsString()) return "a string";
  if (value.IsFunction()) return "a function";
  if (value.IsArray()) return "an array";
  return value.IsSymbol() ? "a symbol" : "an object";
}

}  // namespace

void Arguments::refuse(size_t at, const char* name, const char* what) const {
  const std::string where = std::string(call_) + ": " + name + ": ";
  throw Napi::TypeError::New(env(), where + described(info_[at]) + " is not " + what);
}

double Arguments::integer(const Napi::Value& value, size_t at, const char* name, double lowest, double highest,
                          const char* what) const {
  if (!value.IsNumber()) refuse(at, name, what);
  const double number = value.As<Napi::Number>().DoubleValue();
  // Written so that NaN is refused too.
  if (!(number >= lowest && number <= highest && std::trunc(number) == number)) refuse(at, name, what);
  return number;
}

int32_t Arguments::int32(size_t at, const char* name) const {
  return static_cast<int32_t>(integer(info_[at], at, name, INT32_MIN, INT32_MAX, "a 32-bit integer"));
}

uint32_t Arguments::uint32(size_t at, const char* name) const {
  return static_cast<uint32_t>(integer(info_[at], at, name, 0, UINT32_MAX, "a 32-bit integer from 0"));
}

int64_t Arguments::int64(size_t at, const char* name) const {
  return static_cast<int64_t>(integer(info_[at], at, name, -SAFE, SAFE, "a safe integer"));
}

uint64_t Arguments::length(size_t at, const char* name) const {
  return static_cast<uint64_t>(integer(info_[at], at, name, 0, SAFE, "a safe integer from 0"));
}

uint64_t Arguments::word(size_t at, const char* name) const {
  bool lossless = false;
  const uint64_t word = info_[at].IsBigInt() ? info_[at].As<Napi::BigInt>().Uint64Value(&lossless) : 0;
  if (!lossless) refuse(at, name, "a bigint of 64 bits from 0n");
  return word;
}

bool Arguments::boolean(size_t at, const char* name) const {
  if (!info_[at].IsBoolean()) refuse(at, name, "a boolean");
  return info_[at].As<Napi::Boolean>();
}

std::string Arguments::text(size_t at, const char* name) const {
  if (!info_[at].IsString()) refuse(at, name, "a string");
  return info_[at].As<Napi::String>();
}

Napi::Function Arguments::function(size_t at, const char* name) const {
  if (!info_[at].IsFunction()) refuse(at, name, "a function");
  return info_[at].As<Napi::Function>();
}

Napi::ArrayBuffer Arguments::buffer(size_t at, const char* name) const {
  if (!info_[at].IsArrayBuffer()) refuse(at, name, "an ArrayBuffer");
  return info_[at].As<Napi::ArrayBuffer>();
}

template <typename T>
T Arguments::typed(size_t at, const char* name, napi_typedarray_type type, const char* what) const {
  const Napi::Value value = info_[at];
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) refuse(at, name, what);
  return value.As<T>();
}

Napi::Uint8Array Arguments::bytes(size_t at, const char* name) const {
  return typed<Napi::Uint8Array>(at, name, napi_uint8_array, "a Uint8Array");
}

Napi::BigUint64Array Arguments::words(size_t at, const char* name) const {
  return typed<Napi::BigUint64Array>(at, name, napi_biguint64_array, "a BigUint64Array");
}

Napi::Float64Array Arguments::doubles(size_t at, const char* name) const {
  return typed<Napi::Float64Array>(at, name, napi_float64_array, "a Float64Array");
}

Napi::Array Arguments::array(size_t at, const char* name, const char* what) const {
  if (!info_[at].IsArray()) refuse(at, name, what);
  return info_[at].As<Napi::Array>();
}

std::vector<int32_t> Arguments::int32s(size_t at, const char* name) const {
  constexpr char WHAT[] = "an array of 32-bit integers";
  const auto given = array(at, name, WHAT);
  std::vector<int32_t> numbers;
  for (uint32_t i = 0; i < given.Length(); i++) {
    numbers.push_back(static_cast<int32_t>(integer(given.Get(i), at, name, INT32_MIN, INT32_MAX, WHAT)));
  }
  return numbers;
}

std::vector<uint64_t> Arguments::words64(size_t at, const char* name) const {
  constexpr char WHAT[] = "an array of bigints of 64 bits from 0n";
  const auto given = array(at, name, WHAT);
  std::vector<uint64_t> words;
  for (uint32_t i = 0; i < given.Length(); i++) {
    const Napi::Value each = given.Get(i);
    bool lossless = false;
    words.push_back(each.IsBigInt() ? each.As<Napi::BigInt>().Uint64Value(&lossless) : 0);
    if (!lossless) refuse(at, name, WHAT);
  }
  return words;
}

std::vector<std::string> Arguments::texts(size_t at, const char* name) const {
  constexpr char WHAT[] = "an array of strings";
  const auto given = array(at, name, WHAT);
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < given.Length(); i++) {
    const Napi::Value each = given.Get(i);
    if (!each.IsString()) refuse(at, name, WHAT);
    texts.push_back(each.As<Napi::String>());
  }
  return texts;
}

}  // namespace farpage
