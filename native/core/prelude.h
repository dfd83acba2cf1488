/*
 * The runtime of core.c, in place of wasm2c's own: the memory is borrowed, nothing is allocated, grown or counted, no signal
 * is handled. An instance is the memory itself: the module has no globals, and its table of functions is constant.
 *
 * Accesses are not checked: an address is the sum of two u32, so below 8 GiB, and V8 reserves that much address space for
 * a memory. An access past the memory ends the process by SIGSEGV.
 */
#pragma once
#include <stdint.h>
#include <string.h>

#include "core/core.h"
#include "core/annex.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;
typedef int8_t s8;
typedef int16_t s16;
typedef u8 w2c_core;
typedef void (*Function)(void);

#define FUNC_PROLOGUE
#define FUNC_EPILOGUE
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define UNREACHABLE __builtin_trap()

/* Words of any type share the memory: may_alias. */
typedef u8 a8 __attribute__((may_alias, aligned(1)));
typedef u16 a16 __attribute__((may_alias, aligned(1)));
typedef u32 a32 __attribute__((may_alias, aligned(1)));
typedef u64 a64 __attribute__((may_alias, aligned(1)));
typedef u64 v128 __attribute__((vector_size(16)));
typedef u64 a128 __attribute__((vector_size(16), may_alias, aligned(1)));

#define AT(type, address) (*(type*)(instance + (u64)(address)))
#define i32_load_shared_default32(m, a) ((u32)AT(a32, a))
#define i32_load16_u_shared_default32(m, a) ((u32)AT(a16, a))
#define i32_load8_u_shared_default32(m, a) ((u32)AT(a8, a))
#define i64_load_shared_default32(m, a) ((u64)AT(a64, a))
#define i64_load32_u_shared_default32(m, a) ((u64)AT(a32, a))
#define i64_load16_u_shared_default32(m, a) ((u64)AT(a16, a))
#define i64_load8_u_shared_default32(m, a) ((u64)AT(a8, a))
#define v128_load_shared_default32(m, a) ((v128)AT(a128, a))
#define i32_store_shared_default32(m, a, v) (AT(a32, a) = (u32)(v))
#define i32_store16_shared_default32(m, a, v) (AT(a16, a) = (u16)(v))
#define i32_store8_shared_default32(m, a, v) (AT(a8, a) = (u8)(v))
#define i64_store_shared_default32(m, a, v) (AT(a64, a) = (u64)(v))
#define i64_store32_shared_default32(m, a, v) (AT(a32, a) = (u32)(v))
#define i64_store16_shared_default32(m, a, v) (AT(a16, a) = (u16)(v))
#define i64_store8_shared_default32(m, a, v) (AT(a8, a) = (u8)(v))
#define v128_store_shared_default32(m, a, v) (AT(a128, a) = (v))
#define i32_atomic_store_shared_default32(m, a, v) __atomic_store_n((u32*)(instance + (u64)(a)), (u32)(v), __ATOMIC_SEQ_CST)
#define i64_atomic_store_shared_default32(m, a, v) __atomic_store_n((u64*)(instance + (u64)(a)), (u64)(v), __ATOMIC_SEQ_CST)
#define simde_wasm_v128_or(a, b) ((a) | (b))
#define simde_wasm_v128_any_true(v) (((v)[0] | (v)[1]) != 0)
#define memory_fill(m, at, value, count) memset(instance + (u64)(at), (int)(value), (count))
#define memory_copy(to, from, at, source, count) memmove(instance + (u64)(at), instance + (u64)(source), (count))

#define I32_CLZ(x) ((x) ? (u32)__builtin_clz(x) : 32u)
#define I32_CTZ(x) ((x) ? (u32)__builtin_ctz(x) : 32u)
#define I64_CLZ(x) ((x) ? (u64)__builtin_clzll(x) : 64u)
#define I64_CTZ(x) ((x) ? (u64)__builtin_ctzll(x) : 64u)
#define I32_POPCNT(x) ((u32)__builtin_popcount(x))
#define I64_POPCNT(x) ((u64)__builtin_popcountll(x))
#define I32_ROTL(x, y) (((x) << ((y)&31)) | ((x) >> ((0u - (y)) & 31)))
#define I32_ROTR(x, y) (((x) >> ((y)&31)) | ((x) << ((0u - (y)) & 31)))
/* Division by zero traps in the CPU, as in the module. */
#define DIV_U(x, y) ((x) / (y))
#define REM_U(x, y) ((x) % (y))

/* The compiler chose index and signature, so neither is checked. */
#define CALL_INDIRECT(table, type, signature, index, unused, ...) (((type)TABLE[index])(instance, __VA_ARGS__))
#define w2c_env_annexWrite(unused, at, place, bytes) coreAnnexWrite(instance, (at), (place), (bytes))
#define w2c_env_annexRead(unused, place, at, bytes) coreAnnexRead(instance, (place), (at), (bytes))
#define w2c_env_annexVacate(unused, place, bytes) coreAnnexVacate(instance, (place), (bytes))
#define w2c_env_abort(unused, text, file, line, column) coreAborted(instance, (text), (file), (line))
