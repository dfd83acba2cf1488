// Written by scripts/compile-core.mjs from dist/core.wasm: do not edit.
#include "core/prelude.h"

static u32 w2c_core_layoutHash(w2c_core* instance);
static u64 w2c_core_pageAt(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_step(w2c_core* instance);
static void w2c_core_settle(w2c_core* instance);
static u32 w2c_core_pageState(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_arrive(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f4(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f5(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6, u64 var_p7, 
    u64 var_p8, u64 var_p9);
static void w2c_core_f6(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f7(w2c_core* instance, u32 var_p0, u32 var_p1);
static u64 w2c_core_f8(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f9(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6);
static void w2c_core_f10(w2c_core* instance);
static void w2c_core_f11(w2c_core* instance);
static u32 w2c_core_f12(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f13(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4);
static u32 w2c_core_f14(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5);
static void w2c_core_f15(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f16(w2c_core* instance, u32 var_p0);
static void w2c_core_f17(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f19(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f20(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5);
static u32 w2c_core_f21(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f22(w2c_core* instance, u32 var_p0);
static void w2c_core_f23(w2c_core* instance);
static void w2c_core_f24(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static void w2c_core_f25(w2c_core* instance);
static void w2c_core_f26(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static void w2c_core_f27(w2c_core* instance, u32 var_p0);
static void w2c_core_f28(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f29(w2c_core* instance);
static void w2c_core_f30(w2c_core* instance, u32 var_p0);
static void w2c_core_f31(w2c_core* instance, u32 var_p0);
static void w2c_core_f32(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f33(w2c_core* instance, u32 var_p0);
static void w2c_core_f34(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f35(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f36(w2c_core* instance, u32 var_p0);
static void w2c_core_f37(w2c_core* instance, u32 var_p0);
static void w2c_core_f38(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f39(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f40(w2c_core* instance, u32 var_p0);
static void w2c_core_f41(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f42(w2c_core* instance, u32 var_p0);
static void w2c_core_f43(w2c_core* instance, u32 var_p0);
static void w2c_core_f44(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f45(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6);
static void w2c_core_f46(w2c_core* instance, u32 var_p0);
static void w2c_core_f47(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4);
static u32 w2c_core_f48(w2c_core* instance, u32 var_p0);
static void w2c_core_f49(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6);
static u32 w2c_core_f51(w2c_core* instance, u32 var_p0, u64 var_p1);
static u32 w2c_core_f52(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f53(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f54(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f55(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f56(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f57(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u64 var_p5, u64 var_p6);
static void w2c_core_f58(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f59(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f60(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f61(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2, u32 var_p3);
static u32 w2c_core_f62(w2c_core* instance, u32 var_p0);
static void w2c_core_f63(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5);
static void w2c_core_f64(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static void w2c_core_f65(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f66(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4);
static void w2c_core_f67(w2c_core* instance, u32 var_p0);
static void w2c_core_f68(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static u32 w2c_core_f69(w2c_core* instance, u32 var_p0);
static void w2c_core_f70(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f71(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f72(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f73(w2c_core* instance, u32 var_p0, u64 var_p1);
static void w2c_core_f74(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u64 var_p3);
static u64 w2c_core_f75(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f76(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f77(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f78(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f79(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f80(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f81(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f82(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f83(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static void w2c_core_f84(w2c_core* instance, u32 var_p0);
static void w2c_core_f85(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f86(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f87(w2c_core* instance, u32 var_p0);
static void w2c_core_f88(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f89(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f90(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f91(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f92(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f93(w2c_core* instance, u32 var_p0);
static void w2c_core_f94(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static void w2c_core_f95(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f96(w2c_core* instance);
static void w2c_core_f97(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5);
static void w2c_core_f98(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f99(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2);
static void w2c_core_f100(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2);
static void w2c_core_f101(w2c_core* instance);
static void w2c_core_f102(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f103(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f104(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f106(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f107(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2, u64 var_p3, u32 var_p4);
static u32 w2c_core_f108(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2, u64 var_p3);
static u32 w2c_core_f110(w2c_core* instance, u32 var_p0);
static void w2c_core_f111(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f112(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f113(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f114(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f115(w2c_core* instance, u32 var_p0, u64 var_p1);
static void w2c_core_f116(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f117(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f118(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f119(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f120(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f121(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static void w2c_core_f122(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f124(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f125(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f126(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f127(w2c_core* instance, u64 var_p0);
static void w2c_core_f128(w2c_core* instance, u32 var_p0);
static void w2c_core_f129(w2c_core* instance, u32 var_p0);
static u32 w2c_core_f130(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u64 var_p3);
static void w2c_core_f131(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f132(w2c_core* instance);
static void w2c_core_f133(w2c_core* instance, u32 var_p0);
static void w2c_core_f134(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f135(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f136(w2c_core* instance, u32 var_p0);
static void w2c_core_f137(w2c_core* instance, u32 var_p0);
static void w2c_core_f138(w2c_core* instance, u32 var_p0);
static void w2c_core_f155(w2c_core* instance, u32 var_p0);
static void w2c_core_f156(w2c_core* instance, u32 var_p0);
static void w2c_core_f157(w2c_core* instance, u32 var_p0);
static void w2c_core_f158(w2c_core* instance, u32 var_p0);
static void w2c_core_arrive_0(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f170(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f171(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f172(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5);
static void w2c_core_f177(w2c_core* instance, u32 var_p0, u32 var_p1);
static void w2c_core_f178(w2c_core* instance, u32 var_p0);
static void w2c_core_f179(w2c_core* instance, u32 var_p0);
static void w2c_core_f180(w2c_core* instance, u32 var_p0);
static void w2c_core_f181(w2c_core* instance);
static void w2c_core_f182(w2c_core* instance, u32 var_p0);
static void w2c_core_f183(w2c_core* instance, u32 var_p0);
static void w2c_core_f187(w2c_core* instance, u32 var_p0);
static void w2c_core_f188(w2c_core* instance, u32 var_p0);
static u32 w2c_core_step_0(w2c_core* instance);
static void w2c_core_settle_0(w2c_core* instance);
static u32 w2c_core_pageState_0(w2c_core* instance, u32 var_p0, u32 var_p1);
static u64 w2c_core_pageAt_0(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_layoutHash_0(w2c_core* instance);
static void w2c_core_f195(w2c_core* instance);
static u32 w2c_core_f206(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2);
static u32 w2c_core_f207(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3);
static void w2c_core_f223(w2c_core* instance, u32 var_p0, u32 var_p1);
static u32 w2c_core_f224(w2c_core* instance, u32 var_p0);

static const Function TABLE[] = {0, (Function)w2c_core_f46, (Function)w2c_core_f171};

static u32 w2c_core_layoutHash(w2c_core* instance) {
  u32 ret = w2c_core_layoutHash_0(instance);
  return ret;
}

static u64 w2c_core_pageAt(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u64 ret = w2c_core_pageAt_0(instance, var_p0, var_p1);
  return ret;
}

static u32 w2c_core_step(w2c_core* instance) {
  u32 ret = w2c_core_step_0(instance);
  return ret;
}

static void w2c_core_settle(w2c_core* instance) {
  w2c_core_settle_0(instance);
}

static u32 w2c_core_pageState(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 ret = w2c_core_pageState_0(instance, var_p0, var_p1);
  return ret;
}

static void w2c_core_arrive(w2c_core* instance, u32 var_p0, u32 var_p1) {
  w2c_core_arrive_0(instance, var_p0, var_p1);
}

static u32 w2c_core_f4(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_i1 = var_p1;
  var_i0 = var_i0 <= var_i1;
  if (var_i0) {
    var_i0 = 2704u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l2;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 9u;
  var_i1 >>= (var_i2 & 31);
  var_l3 = var_i1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 21634304u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = var_l2;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l3;
      var_i0 = w2c_core_f72(instance, var_i0, var_i1);
      var_i1 = var_p1;
      var_i2 = 511u;
      var_i1 &= var_i2;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = var_p1;
  var_i2 = 511u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f5(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6, u64 var_p7, 
    u64 var_p8, u64 var_p9) {
  u32 var_l10 = 0, var_l11 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j1;
  var_i0 = 65544u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65552u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_i1 = 4096u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 2624u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65544u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l11 = var_i0;
  var_i1 = 4095u;
  var_i0 &= var_i1;
  var_i1 = 6u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 104448u;
  var_i0 += var_i1;
  var_l10 = var_i0;
  var_i1 = var_p0;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l10;
  var_i1 = var_p1;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
  var_i0 = var_l10;
  var_i1 = 0u;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_l10;
  var_j1 = var_p7;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_j1);
  var_i0 = var_l10;
  var_j1 = var_p8;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
  var_i0 = var_l10;
  var_j1 = var_p9;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_j1);
  var_i0 = var_l10;
  var_i1 = var_p2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
  var_i0 = var_l10;
  var_i1 = var_p3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
  var_i0 = var_l10;
  var_i1 = var_p4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
  var_i0 = var_l10;
  var_i1 = var_p5;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52, var_i1);
  var_i0 = var_l10;
  var_i1 = var_p6;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56, var_i1);
  var_i0 = var_l10;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_i0 = 65544u;
  var_i1 = var_l11;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l10;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f6(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 5u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 2u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 538752u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i1 = var_l5;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 4294967294u;
      var_i3 = var_p0;
      var_i2 = I32_ROTL(var_i2, var_i3);
      var_i1 &= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
  } else {
    var_i0 = var_p0;
    var_i1 = 5u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 2u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 538624u;
    var_i0 += var_i1;
    var_l5 = var_i0;
    var_i1 = var_l5;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 4294967294u;
    var_i3 = var_p0;
    var_i2 = I32_ROTL(var_i2, var_i3);
    var_i1 &= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_p1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 5u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 2u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 538752u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i1 = var_l5;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i3 = var_p0;
      var_i2 <<= (var_i3 & 31);
      var_i1 |= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
  } else {
    var_i0 = var_p0;
    var_i1 = 5u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 2u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 538624u;
    var_i0 += var_i1;
    var_l5 = var_i0;
    var_i1 = var_l5;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i3 = var_p0;
    var_i2 <<= (var_i3 & 31);
    var_i1 |= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 822336u;
  var_i1 = var_l4;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 >>= (var_i1 & 31);
  var_i1 = 15u;
  var_i0 &= var_i1;
  var_i1 = 65628u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 822336u;
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 >>= (var_i1 & 31);
  var_i1 = 15u;
  var_i0 &= var_i1;
  var_i1 = 65628u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l3;
  var_i1 = var_p1;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l3;
  var_i1 = var_p2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l3;
  var_i1 = var_l3;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f7(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 14u;
  var_i0 *= var_i1;
  var_i1 = var_p1;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 1024u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p1 = var_i0;
  var_i1 = 255u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 3280u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l3;
  var_i1 = 1536u;
  var_i0 += var_i1;
  var_i1 = 1u;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 1664u;
  var_i1 += var_i2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_l3;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
  var_i1 += var_i2;
  var_i2 = var_l2;
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 1664u;
  var_i2 += var_i3;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = 76u;
  var_i1 = var_l2;
  var_i0 >>= (var_i1 & 31);
  var_l3 = var_i0;
  var_i1 = 76u;
  var_i2 = var_p1;
  var_i1 >>= (var_i2 & 31);
  var_l4 = var_i1;
  var_i0 |= var_i1;
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_p0 = var_i0;
    var_i0 = var_l4;
    var_i1 = 1u;
    var_i0 &= var_i1;
    var_i1 = var_l3;
    var_i2 = 1u;
    var_i1 &= var_i2;
    var_i0 -= var_i1;
    var_l3 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738560u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i1 = var_l4;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l3;
      var_j2 = (u64)(s64)(s32)(var_i2);
      var_j1 += var_j2;
      i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    }
    var_i0 = var_p1;
    var_i1 = 3u;
    var_i0 = var_i0 == var_i1;
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 = var_i1 == var_i2;
    var_i0 -= var_i1;
    var_p1 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738568u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      var_i1 = var_p0;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_p1;
      var_j2 = (u64)(s64)(s32)(var_i2);
      var_j1 += var_j2;
      i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    }
  }
  FUNC_EPILOGUE;
}

static u64 w2c_core_f8(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1, var_j2;
  var_i0 = 65584u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_l5 = var_i0;
  var_L1: 
    var_i0 = var_l3;
    var_i1 = var_l5;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4741504u;
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i2 = 4u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_l6 = var_i0;
      var_i1 = var_p1;
      var_i0 = var_i0 <= var_i1;
      if (var_i0) {
        var_i0 = var_l2;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_i1 = var_p1;
        var_i2 = var_l6;
        var_i1 -= var_i2;
        var_i0 = var_i0 > var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {goto var_B0;}
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L1;
    }
  var_i0 = 0u;
  var_l2 = var_i0;
  var_B0:;
  var_i0 = var_l2;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_i1 = var_p1;
    var_j1 = (u64)(var_i1);
    var_i2 = var_l4;
    var_j2 = (u64)(var_i2);
    var_j1 <<= (var_j2 & 63);
    var_j0 += var_j1;
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p1;
  var_i2 = var_l2;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
  var_i1 -= var_i2;
  var_j1 = (u64)(var_i1);
  var_i2 = var_l4;
  var_j2 = (u64)(var_i2);
  var_j1 <<= (var_j2 & 63);
  var_j0 += var_j1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_j0;
}

static void w2c_core_f9(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6) {
  u32 var_l7 = 0, var_l8 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65556u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65560u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_i1 = 4096u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 3200u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65556u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l8 = var_i0;
  var_i1 = 4095u;
  var_i0 &= var_i1;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 366592u;
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l7;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l7;
  var_i1 = var_p2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_l7;
  var_i1 = var_p3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_l7;
  var_i1 = var_p4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
  var_i0 = var_l7;
  var_i1 = var_p5;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  var_i0 = var_l7;
  var_i1 = var_p6;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
  var_i0 = 65556u;
  var_i1 = var_l8;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f10(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = 68636u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  var_i1 = 65644u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_l2 = var_i0;
  var_i0 = var_l1;
  if (var_i0) {
    var_i0 = 65680u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_i0 = var_i0 > var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 68612u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 65668u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65664u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_i3 = 14u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_l1 = var_i1;
    var_i2 = 68644u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l2 = var_i2;
    var_i1 -= var_i2;
    var_i2 = 0u;
    var_i3 = var_l1;
    var_i4 = var_l2;
    var_i3 = var_i3 > var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i0 = var_i0 < var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 68636u;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65680u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  var_i0 = 65668u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_L3: 
    var_i0 = var_l0;
    var_i1 = 256u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = 65784u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 66320u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 >= var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = 68612u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 68608u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 65668u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 65664u;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i2 -= var_i3;
        var_i3 = 14u;
        var_i2 >>= (var_i3 & 31);
        var_i1 += var_i2;
        var_l3 = var_i1;
        var_i2 = 68644u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_l4 = var_i2;
        var_i1 -= var_i2;
        var_i2 = 0u;
        var_i3 = var_l3;
        var_i4 = var_l4;
        var_i3 = var_i3 > var_i4;
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_i0 = var_i0 > var_i1;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 68628u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 <= var_i1;
      if (var_i0) {
        var_i0 = 68632u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l1;
        var_i2 = 6u;
        var_i1 >>= (var_i2 & 31);
        var_l3 = var_i1;
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i0 = var_i0 < var_i1;
        var_l4 = var_i0;
        if (var_i0) {
          var_i0 = 68636u;
          var_i1 = 65644u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = var_l3;
          var_i1 += var_i2;
          var_i2 = 1u;
          var_i1 += var_i2;
          var_l3 = var_i1;
          var_i2 = 1u;
          var_i3 = var_l3;
          var_i1 = var_i3 ? var_i1 : var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = 68628u;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = 68632u;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l4;
        if (var_i0) {
          goto var_Bfunc;
        }
      }
      var_i0 = var_l2;
      var_i1 = 68628u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_l3 = var_i1;
      var_i2 = 14u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = 68628u;
      var_i1 = var_l3;
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65688u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l4;
      var_i2 = 65672u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i2 = 14u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l3 = var_i0;
      var_i1 = 4294967295u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_i1 = var_l3;
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i0 = w2c_core_f124(instance, var_i0, var_i1);
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 68632u;
        var_i1 = 68632u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      }
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L3;
    }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f11(w2c_core* instance) {
  u32 var_l0 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = 66604u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 66604u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i0 = 66604u;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 66596u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_l0;
  var_i3 = 66600u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i4 = 66608u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = 0u;
  w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f12(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f4(instance, var_i0, var_i1);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  }
  if (var_i0) {
    var_i0 = var_l2;
    goto var_Bfunc;
  }
  var_i0 = 65784u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65676u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = w2c_core_f29(instance);
  } else {
    var_i0 = 0u;
  }
  var_i1 = var_p0;
  var_i2 = var_p1;
  var_i0 = w2c_core_f126(instance, var_i0, var_i1, var_i2);
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f13(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4) {
  u64 var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9;
  var_i0 = var_p4;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l5 = var_j0;
  var_i0 = var_p0;
  var_i1 = 0u;
  var_i2 = var_p1;
  var_i3 = var_p2;
  var_i4 = var_p3;
  var_i5 = var_p4;
  var_i6 = 4294967295u;
  var_i7 = var_p2;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
  if (var_i7) {
    var_i7 = var_p2;
    var_i8 = var_p3;
    var_j7 = w2c_core_f8(instance, var_i7, var_i8);
    goto var_B0;
  }
  var_i7 = var_p2;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_p0 = var_i7;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
  if (var_i7) {
    var_i7 = var_p0;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
    var_i8 = var_p0;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
    var_i9 = 9u;
    var_i8 >>= (var_i9 & 31);
    var_i9 = var_p3;
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i8 += var_i9;
    var_i9 = 2u;
    var_i8 <<= (var_i9 & 31);
    var_i7 += var_i8;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j8 = 21ull;
    var_j7 <<= (var_j8 & 63);
    var_i8 = var_p3;
    var_i9 = 511u;
    var_i8 &= var_i9;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 |= var_j8;
    goto var_B0;
  }
  var_i7 = var_p2;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_p3;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_B0:;
  var_j8 = 0ull;
  var_j9 = var_l5;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f14(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5) {
  u32 var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f54(instance, var_i0, var_i1);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l6 = var_i0;
  var_i1 = 8192u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 7u;
    var_i1 = 0u;
    var_i2 = var_l6;
    var_i3 = 32768u;
    var_i2 &= var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    goto var_B1;
  }
  var_i0 = 0u;
  var_i1 = var_l6;
  var_i2 = 256u;
  var_i1 &= var_i2;
  if (var_i1) {goto var_B1;}
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i0 = var_l6;
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_l7;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
    var_l6 = var_i0;
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 3u;
    } else {
      var_i0 = 4u;
      var_i1 = 5u;
      var_i2 = var_l6;
      var_i3 = 2u;
      var_i2 = var_i2 == var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
    }
    goto var_B1;
  }
  var_i0 = 0u;
  var_i1 = var_l7;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
  var_l6 = var_i1;
  if (var_i1) {
    var_i1 = var_p1;
    var_i2 = var_l7;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 48u);
    var_i1 = var_i1 >= var_i2;
  } else {
    var_i1 = 1u;
  }
  if (var_i1) {goto var_B1;}
  var_i0 = 1u;
  var_i1 = 2u;
  var_i2 = var_l6;
  var_i3 = 1u;
  var_i2 = var_i2 == var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_B1:;
  var_l8 = var_i0;
  var_i0 = var_p3;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p3;
    var_l6 = var_i0;
    var_i0 = 4096u;
    var_i1 = 65544u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 65552u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i0 -= var_i1;
    var_i1 = 3u;
    var_i0 = DIV_U(var_i0, var_i1);
    var_p3 = var_i0;
    var_i1 = 4096u;
    var_i2 = 65556u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65560u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_i1 -= var_i2;
    var_l7 = var_i1;
    var_i2 = var_p3;
    var_i3 = var_l7;
    var_i2 = var_i2 < var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l9 = var_i0;
    var_i0 = 1u;
    var_l7 = var_i0;
    var_i0 = var_p2;
    var_p3 = var_i0;
    var_L7: 
      var_i0 = var_l7;
      var_i1 = var_l9;
      var_i0 = var_i0 < var_i1;
      var_i1 = var_l6;
      var_i2 = var_l7;
      var_i1 = var_i1 > var_i2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p1;
        var_i1 = var_l7;
        var_i0 += var_i1;
        var_l10 = var_i0;
        var_i1 = 511u;
        var_i0 &= var_i1;
        var_i1 = 1u;
        var_i2 = var_p0;
        var_i3 = 12u;
        var_i2 <<= (var_i3 & 31);
        var_i3 = 4738304u;
        var_i2 += var_i3;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
        var_i0 = var_i2 ? var_i0 : var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_l10;
          var_i0 = w2c_core_f54(instance, var_i0, var_i1);
        } else {
          var_i0 = 1u;
        }
        if (var_i0) {goto var_B9;}
        var_i0 = var_l10;
        var_i1 = 511u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_p3;
          var_i1 = 32u;
          var_i0 += var_i1;
        } else {
          var_i0 = var_p0;
          var_i1 = var_l10;
          var_i0 = w2c_core_f12(instance, var_i0, var_i1);
        }
        var_p3 = var_i0;
        if (var_i0) {
          var_i0 = var_p3;
          var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l11 = var_i0;
          var_i0 = !(var_i0);
          var_i1 = var_l11;
          var_i2 = 7u;
          var_i1 = var_i1 == var_i2;
          var_i0 |= var_i1;
          if (var_i0) {
            var_i0 = var_p3;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
            var_i1 = 40960u;
            var_i0 &= var_i1;
            var_i1 = 8192u;
            var_i0 = var_i0 == var_i1;
          } else {
            var_i0 = 1u;
          }
        } else {
          var_i0 = 1u;
        }
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_p3;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_l11 = var_i0;
          var_i1 = 8192u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = 7u;
            var_i1 = 0u;
            var_i2 = var_l11;
            var_i3 = 32768u;
            var_i2 &= var_i3;
            var_i0 = var_i2 ? var_i0 : var_i1;
            goto var_B15;
          }
          var_i0 = 0u;
          var_i1 = var_l11;
          var_i2 = 256u;
          var_i1 &= var_i2;
          if (var_i1) {goto var_B15;}
          var_i0 = var_p0;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_l12 = var_i0;
          var_i0 = var_l11;
          var_i1 = 1u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = var_l12;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
            var_l10 = var_i0;
            var_i1 = 1u;
            var_i0 = var_i0 == var_i1;
            if (var_i0) {
              var_i0 = 3u;
            } else {
              var_i0 = 4u;
              var_i1 = 5u;
              var_i2 = var_l10;
              var_i3 = 2u;
              var_i2 = var_i2 == var_i3;
              var_i0 = var_i2 ? var_i0 : var_i1;
            }
            goto var_B15;
          }
          var_i0 = 0u;
          var_i1 = var_l12;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
          var_l11 = var_i1;
          if (var_i1) {
            var_i1 = var_l10;
            var_i2 = var_l12;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 48u);
            var_i1 = var_i1 >= var_i2;
          } else {
            var_i1 = 1u;
          }
          if (var_i1) {goto var_B15;}
          var_i0 = 1u;
          var_i1 = 2u;
          var_i2 = var_l11;
          var_i3 = 1u;
          var_i2 = var_i2 == var_i3;
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_B15:;
          var_i1 = var_l8;
          var_i0 = var_i0 != var_i1;
        }
        if (var_i0) {goto var_B9;}
        var_i0 = var_l7;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l7 = var_i0;
        goto var_L7;
        var_B9:;
      }
    var_i0 = var_l7;
  }
  var_l6 = var_i0;
  var_i0 = var_l8;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_p3 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p3;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 196u);
      var_i1 = 2u;
      var_i0 = var_i0 == var_i1;
    }
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_p0;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      }
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = 65588u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_p3 = var_i0;
        var_i1 = 4294967295u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_p3;
          var_j0 = (u64)(var_i0);
          var_i1 = 65960u;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 65612u;
          var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_j1 += var_j2;
          var_i0 = var_j0 >= var_j1;
        }
      }
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p2;
    var_p3 = var_i0;
    var_i0 = 0u;
    var_l7 = var_i0;
    var_L27: 
      var_i0 = var_l6;
      var_i1 = var_l7;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p3;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 2u;
        var_i0 &= var_i1;
      } else {
        var_i0 = 1u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l6;
        var_i1 = var_l7;
        var_i2 = 1u;
        var_i1 += var_i2;
        var_l7 = var_i1;
        var_i0 = var_i0 > var_i1;
        if (var_i0) {
          var_i0 = var_p1;
          var_i1 = var_l7;
          var_i0 += var_i1;
          var_l9 = var_i0;
          var_i1 = 511u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = var_p3;
            var_i1 = 32u;
            var_i0 += var_i1;
          } else {
            var_i0 = var_p0;
            var_i1 = var_l9;
            var_i0 = w2c_core_f4(instance, var_i0, var_i1);
          }
          var_p3 = var_i0;
        }
        goto var_L27;
      }
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_l7;
    var_i3 = var_p1;
    var_i4 = 36u;
    var_i0 = w2c_core_f66(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
    var_p3 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_p2;
      var_i3 = var_p3;
      var_i4 = 4294967295u;
      var_i5 = var_p4;
      var_i6 = var_p5;
      w2c_core_f49(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i1 = 1u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 196, var_i1);
      var_i0 = var_p3;
    } else {
      var_i0 = 0u;
    }
    var_p3 = var_i0;
    if (var_i0) {
      var_i0 = var_p3;
      goto var_Bfunc;
    }
  }
  var_i0 = var_l6;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p2;
    var_i3 = 1u;
    var_i4 = var_l8;
    var_i5 = var_p4;
    var_i6 = var_p5;
    var_i0 = w2c_core_f45(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
    goto var_Bfunc;
  }
  var_i0 = 0u;
  var_l7 = var_i0;
  var_L35: 
    var_i0 = var_l6;
    var_i1 = var_l7;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = var_l7;
      var_i0 -= var_i1;
      var_p3 = var_i0;
      var_i1 = 64u;
      var_i2 = 16u;
      var_i3 = var_l7;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l9 = var_i1;
      var_i2 = var_p3;
      var_i3 = var_l9;
      var_i2 = var_i2 < var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_p3 = var_i0;
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_l7;
      var_i1 += var_i2;
      var_l9 = var_i1;
      var_i2 = var_l7;
      if (var_i2) {
        var_i2 = var_p0;
        var_i3 = var_l9;
        var_i2 = w2c_core_f4(instance, var_i2, var_i3);
      } else {
        var_i2 = var_p2;
      }
      var_i3 = var_p3;
      var_i4 = var_l8;
      var_i5 = 0u;
      var_i6 = var_p4;
      var_i7 = var_l7;
      var_i5 = var_i7 ? var_i5 : var_i6;
      var_i6 = 0u;
      var_i7 = var_p5;
      var_i8 = var_l7;
      var_i6 = var_i8 ? var_i6 : var_i7;
      var_i0 = w2c_core_f45(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      var_p3 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B37;}
      var_i0 = var_p3;
      var_i1 = var_l7;
      var_i0 += var_i1;
      var_l7 = var_i0;
      goto var_L35;
      var_B37:;
    }
  var_i0 = var_l7;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f15(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 32u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 3056u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967263u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l2 = var_i0;
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_l2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = var_l2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  }
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_l3;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = var_l3;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f16(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 66064u;
  var_i1 = 66048u;
  var_i2 = 65604u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 2u;
  var_i2 = var_i2 == var_i3;
  var_l1 = var_i2;
  if (var_i2) {
    var_i2 = var_p0;
    var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2u);
    var_i3 = 16u;
    var_i2 &= var_i3;
    var_i2 = !(var_i2);
  } else {
    var_i2 = var_l1;
  }
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = var_p0;
  w2c_core_f28(instance, var_i0, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f17(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 32u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 3584u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 32u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f19(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l4 = var_i0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 32u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 66112u;
    var_i1 = var_p0;
    w2c_core_f15(instance, var_i0, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = 7u;
  w2c_core_f7(instance, var_i0, var_i1);
  var_i0 = var_l4;
  var_i1 = 2u;
  var_i2 = var_p0;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = var_l3;
  if (var_i0) {
    var_i0 = var_p2;
  } else {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 8u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    var_i0 = var_p2;
    var_i1 = 1u;
    var_i2 = var_p0;
    var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2u);
    var_i3 = 257u;
    var_i2 &= var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 128u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l3;
  if (var_i1) {
    var_i1 = 5u;
    var_i2 = 2u;
    var_i3 = var_p0;
    var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
    var_i4 = 1u;
    var_i3 &= var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
  } else {
    var_i1 = 6u;
  }
  w2c_core_f34(instance, var_i0, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f20(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5) {
  u32 var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0, var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i8, 
      var_i9, var_i10, var_i11;
  u64 var_j0, var_j1, var_j2, var_j7, var_j8, var_j9;
  var_i0 = var_p2;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_L2: 
      var_i0 = var_p2;
      var_i1 = var_l6;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_i2 = var_l6;
        var_i1 += var_i2;
        var_i2 = 1u;
        var_i3 = var_p3;
        var_i4 = var_l6;
        var_i3 += var_i4;
        var_i4 = var_p4;
        var_i5 = var_p5;
        w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
        var_i0 = var_l6;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l6 = var_i0;
        goto var_L2;
      }
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l9 = var_j0;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_j0 = w2c_core_f8(instance, var_i0, var_i1);
    goto var_B4;
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l6;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
    var_i1 = var_l6;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
    var_i2 = 9u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = var_p1;
    var_i3 = 9u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_j1 = 21ull;
    var_j0 <<= (var_j1 & 63);
    var_i1 = var_p1;
    var_i2 = 511u;
    var_i1 &= var_i2;
    var_j1 = (u64)(var_i1);
    var_i2 = 65584u;
    var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_j1 <<= (var_j2 & 63);
    var_j0 |= var_j1;
    goto var_B4;
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i1 = var_p1;
  var_j1 = (u64)(var_i1);
  var_i2 = 65584u;
  var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_j1 <<= (var_j2 & 63);
  var_j0 += var_j1;
  var_B4:;
  var_l10 = var_j0;
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l6 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l6;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l6 = var_i0;
  }
  var_i0 = var_p2;
  var_i1 = var_l6;
  var_i2 = 65592u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l7 = var_i2;
  var_i3 = 65612u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  var_i3 = 65628u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_l8 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l6;
  var_i4 = var_l8;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = var_i0 <= var_i1;
  var_l6 = var_i0;
  if (var_i0) {
    var_i0 = 65592u;
    var_i1 = var_p2;
    var_i2 = var_l7;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65592u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65612u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_i1 = 65628u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 -= var_i1;
    var_l7 = var_i0;
    var_i1 = 65596u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 65596u;
      var_i1 = var_l7;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
  }
  var_i0 = 1u;
  var_i1 = 3u;
  var_i2 = var_l6;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = var_p5;
  var_i2 = 1u;
  var_i3 = var_p0;
  var_i4 = var_p1;
  var_i5 = var_p2;
  var_i6 = var_p3;
  var_j7 = var_l10;
  var_i8 = 65576u;
  var_j8 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i9 = 65616u;
  var_i9 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_i10 = var_p3;
  var_i11 = 65584u;
  var_i11 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i11));
  var_i10 <<= (var_i11 & 31);
  var_i9 += var_i10;
  var_j9 = (u64)(var_i9);
  var_j8 += var_j9;
  var_j9 = var_l9;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_i1 = var_p4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f21(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 4294967295u;
  var_l5 = var_i0;
  var_i0 = var_p2;
  var_i1 = var_p2;
  var_i1 = !(var_i1);
  if (var_i1) {goto var_B0;}
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  var_i0 = var_p2;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = 5u;
  var_i0 >>= (var_i1 & 31);
  var_l7 = var_i0;
  var_L1: 
    var_i0 = var_l3;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_l4;
      var_i2 = var_l7;
      var_i1 = var_i1 == var_i2;
      if (var_i1) {goto var_B0;}
      var_i0 = var_p0;
      var_i1 = var_l4;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_l4 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l3 = var_i0;
      goto var_L1;
    }
  var_i0 = var_l3;
  var_i0 = I32_CTZ(var_i0);
  var_i1 = var_l4;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = var_p2;
  var_i2 = var_p2;
  var_i3 = var_l3;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_B0:;
  var_l4 = var_i0;
  var_L3: 
    var_i0 = var_p2;
    var_i1 = var_l4;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 0u;
      var_l3 = var_i0;
      var_L6: 
        var_i0 = var_l3;
        var_i1 = var_l4;
        var_i0 += var_i1;
        var_l7 = var_i0;
        var_i1 = var_p2;
        var_i0 = var_i0 < var_i1;
        var_i1 = var_p1;
        var_i2 = var_l3;
        var_i1 = var_i1 > var_i2;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_l7;
          var_i2 = 5u;
          var_i1 >>= (var_i2 & 31);
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i1 = var_l7;
          var_i0 >>= (var_i1 & 31);
          var_i1 = 1u;
          var_i0 &= var_i1;
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l3 = var_i0;
          goto var_L6;
        }
      var_i0 = var_l3;
      var_i1 = var_l6;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        var_l5 = var_i0;
        var_i0 = var_l3;
        var_l6 = var_i0;
        var_i0 = var_p1;
        var_i1 = var_l3;
        var_i0 = var_i0 <= var_i1;
        if (var_i0) {goto var_B5;}
      }
      var_i0 = var_p2;
      var_i1 = var_p2;
      var_i2 = var_l3;
      var_i3 = var_l4;
      var_i2 += var_i3;
      var_l3 = var_i2;
      var_i1 = var_i1 <= var_i2;
      if (var_i1) {goto var_B10;}
      var_i0 = var_p0;
      var_i1 = var_l3;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_l4 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 4294967295u;
      var_i2 = var_l3;
      var_i1 <<= (var_i2 & 31);
      var_i0 &= var_i1;
      var_l3 = var_i0;
      var_i0 = var_p2;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_i1 = 5u;
      var_i0 >>= (var_i1 & 31);
      var_l7 = var_i0;
      var_L11: 
        var_i0 = var_l3;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_p2;
          var_i1 = var_l4;
          var_i2 = var_l7;
          var_i1 = var_i1 == var_i2;
          if (var_i1) {goto var_B10;}
          var_i0 = var_p0;
          var_i1 = var_l4;
          var_i2 = 1u;
          var_i1 += var_i2;
          var_l4 = var_i1;
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l3 = var_i0;
          goto var_L11;
        }
      var_i0 = var_l3;
      var_i0 = I32_CTZ(var_i0);
      var_i1 = var_l4;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i1 = var_p2;
      var_i2 = var_p2;
      var_i3 = var_l3;
      var_i2 = var_i2 > var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_B10:;
      var_l4 = var_i0;
      goto var_L3;
      var_B5:;
    }
  var_i0 = 66668u;
  var_i1 = var_l6;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l5;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f22(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i1 = 30u;
  var_i0 = var_i0 < var_i1;
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 = var_i1 >= var_i2;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2144u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p0;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 66176u;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l2;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l2;
    goto var_Bfunc;
  }
  var_i0 = 4u;
  var_i1 = var_p0;
  var_i0 <<= (var_i1 & 31);
  var_l1 = var_i0;
  var_i1 = 65668u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 65664u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l2 = var_i2;
  var_i1 -= var_i2;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 68612u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l1;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 65668u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65664u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_i3 = 14u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_p0 = var_i1;
    var_i2 = 68644u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l3 = var_i2;
    var_i1 -= var_i2;
    var_i2 = 0u;
    var_i3 = var_p0;
    var_i4 = var_l3;
    var_i3 = var_i3 > var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i0 = var_i0 >= var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 65664u;
  var_i1 = var_l1;
  var_i2 = var_l2;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l2;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f23(w2c_core* instance) {
  u32 var_l0 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j7, var_j8, var_j9, var_j10;
  var_i0 = 66616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 11u;
  var_i1 = 0u;
  var_i2 = 8u;
  var_i3 = 0u;
  var_i4 = 0u;
  var_i5 = 66616u;
  var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
  var_i6 = 66612u;
  var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
  var_l0 = var_i6;
  var_i7 = 65576u;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_i8 = 65616u;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i9 = var_l0;
  var_i10 = 65584u;
  var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_i9 <<= (var_i10 & 31);
  var_i8 += var_i9;
  var_j8 = (u64)(var_i8);
  var_j7 += var_j8;
  var_j8 = 0ull;
  var_i9 = 66616u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_i10 = 65584u;
  var_j10 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_j9 <<= (var_j10 & 63);
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_i0 = 66616u;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f24(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0;
  u64 var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9;
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l4 = var_i0;
  }
  var_i0 = var_l4;
  var_i1 = 65592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 65612u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 += var_i2;
  var_i2 = 65628u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l5 = var_i1;
  var_i0 -= var_i1;
  var_i1 = 0u;
  var_i2 = var_l4;
  var_i3 = var_l5;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = var_p2;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = 4240u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p3;
  var_i1 = 0u;
  var_i2 = var_p2;
  var_i3 = 1u;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 1u;
    var_i3 = 1u;
    w2c_core_f24(instance, var_i0, var_i1, var_i2, var_i3);
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 1u;
    var_i1 += var_i2;
    var_i2 = var_p2;
    var_i3 = 1u;
    var_i2 -= var_i3;
    var_i3 = 0u;
    w2c_core_f24(instance, var_i0, var_i1, var_i2, var_i3);
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 0u;
    var_p3 = var_i0;
    var_L5: 
      var_i0 = var_p2;
      var_i1 = var_p3;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_i2 = var_p3;
        var_i1 += var_i2;
        var_i2 = 1u;
        var_i3 = 0u;
        w2c_core_f24(instance, var_i0, var_i1, var_i2, var_i3);
        var_i0 = var_p3;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_p3 = var_i0;
        goto var_L5;
      }
    goto var_Bfunc;
  }
  var_i0 = 65592u;
  var_i1 = 65592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_p2;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65612u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 += var_i1;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_l4 = var_i0;
  var_i1 = 65596u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 65596u;
    var_i1 = var_l4;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_p2;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l6 = var_j0;
  var_i0 = 2u;
  var_i1 = 16u;
  var_i2 = 0u;
  var_i3 = var_p3;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = 1u;
  var_i3 = var_p0;
  var_i4 = var_p1;
  var_i5 = var_p2;
  var_i6 = 4294967295u;
  var_i7 = var_p0;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
  if (var_i7) {
    var_i7 = var_p0;
    var_i8 = var_p1;
    var_j7 = w2c_core_f8(instance, var_i7, var_i8);
    goto var_B8;
  }
  var_i7 = var_p0;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_p2 = var_i7;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
  if (var_i7) {
    var_i7 = var_p2;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
    var_i8 = var_p2;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
    var_i9 = 9u;
    var_i8 >>= (var_i9 & 31);
    var_i9 = var_p1;
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i8 += var_i9;
    var_i9 = 2u;
    var_i8 <<= (var_i9 & 31);
    var_i7 += var_i8;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j8 = 21ull;
    var_j7 <<= (var_j8 & 63);
    var_i8 = var_p1;
    var_i9 = 511u;
    var_i8 &= var_i9;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 |= var_j8;
    goto var_B8;
  }
  var_i7 = var_p0;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_p1;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_B8:;
  var_j8 = 0ull;
  var_j9 = var_l6;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f25(w2c_core* instance) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = 66584u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 66572u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 66576u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 66584u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 66580u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i4 = 0u;
  w2c_core_f47(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
  var_i0 = 66584u;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f26(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l4 = var_i0;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l5 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738704u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p2;
  var_i1 = 1u;
  var_i2 = 0u;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p3;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = 12u;
    var_i0 = var_i0 == var_i1;
    var_i1 = var_l4;
    var_i2 = 11u;
    var_i1 = var_i1 == var_i2;
    var_i0 |= var_i1;
    var_i1 = var_l4;
    var_i2 = 105u;
    var_i1 = var_i1 == var_i2;
    var_i0 |= var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_l5;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738712u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i1 = var_p0;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = 1ull;
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = var_p1;
    var_i1 = var_l4;
    var_i0 = w2c_core_f89(instance, var_i0, var_i1);
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p1;
      w2c_core_f33(instance, var_i0);
    }
    goto var_Bfunc;
  }
  var_i0 = 5u;
  var_i1 = var_l5;
  var_i2 = 65688u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = var_p1;
  var_i4 = 65672u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i3 -= var_i4;
  var_p0 = var_i3;
  var_i4 = 14u;
  var_i3 >>= (var_i4 & 31);
  var_i4 = 3u;
  var_i3 <<= (var_i4 & 31);
  var_i2 += var_i3;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = var_p0;
  var_i4 = 16383u;
  var_i3 &= var_i4;
  var_i4 = 5u;
  var_i3 >>= (var_i4 & 31);
  var_i2 += var_i3;
  var_i3 = 0u;
  var_i4 = 0u;
  var_i5 = var_p3;
  var_i6 = var_l4;
  w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f27(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  var_i1 = 8u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
  } else {
    var_i0 = 1u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l1 = var_i0;
  var_i1 = 3584u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l1;
    w2c_core_f41(instance, var_i0, var_i1);
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l3 = var_i0;
  var_i0 = 76u;
  var_i1 = var_l5;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 65592u;
    var_i1 = 65592u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65592u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65612u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_i1 = 65628u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 -= var_i1;
    var_l1 = var_i0;
    var_i1 = 65596u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 65596u;
      var_i1 = var_l1;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = var_p0;
    w2c_core_f44(instance, var_i0);
  }
  var_i0 = var_l5;
  var_i1 = 4u;
  var_i0 = var_i0 != var_i1;
  var_l4 = var_i0;
  var_i0 = var_l5;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 66080u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l1 = var_i0;
    var_L6: 
      var_i0 = var_l1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l1;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_l1 = var_i0;
          var_i0 = var_l2;
          if (var_i0) {
            var_i0 = var_l2;
            var_i1 = var_l1;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
          } else {
            var_i0 = 66080u;
            var_i1 = var_l1;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          }
          var_i0 = var_l1;
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = 66084u;
            var_i1 = var_l2;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          }
          var_i0 = 66088u;
          var_i1 = 66088u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 1u;
          var_i1 -= var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = var_p0;
          var_i1 = var_p0;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 4294967263u;
          var_i1 &= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          goto var_B8;
        }
        var_i0 = var_l1;
        var_l2 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_l1 = var_i0;
        goto var_L6;
        var_B8:;
      }
    var_i0 = 0u;
    var_i1 = var_l4;
    var_i2 = 0u;
    var_l2 = var_i2;
    var_i2 = 66096u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l1 = var_i2;
    var_L13: 
      var_i2 = var_l1;
      if (var_i2) {
        var_i2 = var_p0;
        var_i3 = var_l1;
        var_i2 = var_i2 == var_i3;
        if (var_i2) {
          var_i2 = var_p0;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
          var_l1 = var_i2;
          var_i2 = var_l2;
          if (var_i2) {
            var_i2 = var_l2;
            var_i3 = var_l1;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8, var_i3);
          } else {
            var_i2 = 66096u;
            var_i3 = var_l1;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
          }
          var_i2 = var_l1;
          var_i2 = !(var_i2);
          if (var_i2) {
            var_i2 = 66100u;
            var_i3 = var_l2;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
          }
          var_i2 = 66104u;
          var_i3 = 66104u;
          var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
          var_i4 = 1u;
          var_i3 -= var_i4;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
          var_i2 = var_p0;
          var_i3 = var_p0;
          var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
          var_i4 = 4294967263u;
          var_i3 &= var_i4;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2, var_i3);
          var_i2 = 1u;
          goto var_B12;
        }
        var_i2 = var_l1;
        var_l2 = var_i2;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
        var_l1 = var_i2;
        goto var_L13;
      }
    var_i2 = 0u;
    var_B12:;
    if (var_i2) {
      var_i2 = 1u;
    } else {
      var_i2 = 0u;
      var_l2 = var_i2;
      var_i2 = 66128u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_l1 = var_i2;
      var_L20: 
        var_i2 = var_l1;
        if (var_i2) {
          var_i2 = var_p0;
          var_i3 = var_l1;
          var_i2 = var_i2 == var_i3;
          if (var_i2) {
            var_i2 = var_p0;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
            var_l1 = var_i2;
            var_i2 = var_l2;
            if (var_i2) {
              var_i2 = var_l2;
              var_i3 = var_l1;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8, var_i3);
            } else {
              var_i2 = 66128u;
              var_i3 = var_l1;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
            }
            var_i2 = var_l1;
            var_i2 = !(var_i2);
            if (var_i2) {
              var_i2 = 66132u;
              var_i3 = var_l2;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
            }
            var_i2 = 66136u;
            var_i3 = 66136u;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            var_i4 = 1u;
            var_i3 -= var_i4;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
            var_i2 = var_p0;
            var_i3 = var_p0;
            var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
            var_i4 = 4294967263u;
            var_i3 &= var_i4;
            i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2, var_i3);
            var_i2 = 1u;
            goto var_B19;
          }
          var_i2 = var_l1;
          var_l2 = var_i2;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
          var_l1 = var_i2;
          goto var_L20;
        }
      var_i2 = 0u;
      var_B19:;
    }
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l4 = var_i0;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 32u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = 66112u;
      var_i1 = var_p0;
      w2c_core_f15(instance, var_i0, var_i1);
    }
  }
  var_i0 = var_l3;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l4;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 497664u;
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    } else {
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
    }
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  w2c_core_f76(instance, var_i0);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f28(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l2 = var_i0;
  var_i1 = 32u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 3584u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p1;
  var_i1 = var_l2;
  var_i2 = 32u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f29(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = 68612u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 68608u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 65668u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 65664u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_i3 = 14u;
  var_i2 >>= (var_i3 & 31);
  var_i1 += var_i2;
  var_l0 = var_i1;
  var_i2 = 68644u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l1 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l0;
  var_i4 = var_l1;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = 65684u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l0 = var_i0;
    if (var_i0) {
      var_i0 = 65684u;
      var_i1 = var_l0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 68608u;
      var_i1 = 68608u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 -= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      goto var_B1;
    }
    var_i0 = 0u;
    var_l0 = var_i0;
    var_i0 = 65668u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l1 = var_i0;
    var_i1 = 65664u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 -= var_i1;
    var_i1 = 16384u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {goto var_B1;}
    var_i0 = 65680u;
    var_i1 = 65680u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65668u;
    var_i1 = var_l1;
    var_i2 = 16384u;
    var_i1 -= var_i2;
    var_l0 = var_i1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_B1:;
    var_i0 = var_l0;
    if (var_i0) {
      var_i0 = 65688u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l0;
      var_i2 = 65672u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i2 = 14u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 4294967295u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = var_l0;
  } else {
    var_i0 = 0u;
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f30(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = 6u;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
    var_i3 = 4294967295u;
    var_i4 = var_l1;
    var_i5 = 0u;
    var_i6 = 0u;
    w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
  }
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f31(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294964223u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l1 = var_i0;
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_l1 = var_i0;
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21511424u;
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 512u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_l2 = var_i0;
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l2 = var_i0;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l2 = var_i0;
    if (var_i0) {
      var_i0 = var_l2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_l2 = var_i0;
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l2;
      var_i2 = 4294966783u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_l1;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = var_l1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
      }
    }
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_l2 = var_i1;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 16383u;
    var_i1 &= var_i2;
    var_i2 = 5u;
    var_i1 >>= (var_i2 & 31);
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i0 = var_l1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
    var_i1 = 4096u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 1u;
      i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
      goto var_B10;
    }
    var_i0 = var_l1;
    var_i1 = 6656u;
    var_i0 += var_i1;
    var_i1 = var_l1;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_l2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l1;
    var_i1 = var_l1;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
    var_B10:;
  }
  var_i0 = var_l1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_l2 = var_i0;
  var_i1 = 2u;
  var_i0 = var_i0 != var_i1;
  var_i1 = var_l2;
  var_i2 = 1u;
  var_i1 = var_i1 != var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l2 = var_i0;
  var_i1 = 512u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l2;
    var_i2 = 512u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    var_i0 = var_l1;
    var_i1 = var_l1;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
  }
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_p0 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = var_l1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_i1 = 4096u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 1u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
    goto var_B14;
  }
  var_i0 = var_l1;
  var_i1 = 6656u;
  var_i0 += var_i1;
  var_i1 = var_l1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l1;
  var_i1 = var_l1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
  var_B14:;
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f32(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l4 = 0;
  u64 var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j1, var_j2, var_j3, var_j4, var_j5;
  var_i0 = var_p1;
  w2c_core_f84(instance, var_i0);
  var_i0 = 65728u;
  var_i1 = var_p2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65712u;
  var_j1 = 1000000000ull;
  var_j2 = 5000000ull;
  var_i3 = 65712u;
  var_j3 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_j4 = 1ull;
  var_j3 <<= (var_j4 & 63);
  var_l3 = var_j3;
  var_j4 = var_l3;
  var_j5 = 5000000ull;
  var_i4 = var_j4 <= var_j5;
  var_j2 = var_i4 ? var_j2 : var_j3;
  var_l3 = var_j2;
  var_j3 = var_l3;
  var_j4 = 1000000000ull;
  var_i3 = var_j3 >= var_j4;
  var_j1 = var_i3 ? var_j1 : var_j2;
  var_l3 = var_j1;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = 65704u;
  var_i1 = 65568u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = var_l3;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 1u;
    var_i2 = 0u;
    w2c_core_f6(instance, var_i0, var_i1, var_i2);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738704u;
  var_i0 += var_i1;
  var_p2 = var_i0;
  var_i1 = var_p2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738744u;
  var_i0 += var_i1;
  var_p2 = var_i0;
  var_i1 = var_p2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738712u;
  var_i0 += var_i1;
  var_p2 = var_i0;
  var_i1 = var_p2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_p2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_i1 = 5u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 5u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 497664u;
    var_i0 += var_i1;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
    var_i1 = 1u;
    var_i0 &= var_i1;
    var_i1 = var_p0;
    var_i2 = 12u;
    w2c_core_f7(instance, var_i1, var_i2);
    var_i1 = var_p1;
    var_i2 = 3u;
    var_i3 = var_p0;
    w2c_core_f6(instance, var_i1, var_i2, var_i3);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p2;
      var_i2 = 0u;
      w2c_core_f19(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = 66112u;
      var_i1 = var_p0;
      w2c_core_f118(instance, var_i0, var_i1);
    }
    goto var_Bfunc;
  }
  var_i0 = var_p1;
  var_i1 = 1u;
  var_i2 = 0u;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l4;
  var_i1 = 6u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    w2c_core_f7(instance, var_i0, var_i1);
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 4u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      w2c_core_f16(instance, var_i0);
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f33(w2c_core* instance, u32 var_p0) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 4u;
    w2c_core_f7(instance, var_i0, var_i1);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 3u;
  w2c_core_f7(instance, var_i0, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = 3u;
  var_i2 = var_p0;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = 66112u;
  var_i1 = var_p0;
  w2c_core_f28(instance, var_i0, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f34(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l2 = var_i0;
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = var_l3;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l3 = var_i0;
    if (var_i0) {
      var_i0 = var_l3;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f33(instance, var_i0);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 512u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_l3 = var_i0;
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l3 = var_i0;
    if (var_i0) {
      var_i0 = var_l3;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = w2c_core_f40(instance, var_i0);
  } else {
    var_i0 = 1u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 66096u;
    var_i1 = var_p0;
    w2c_core_f17(instance, var_i0, var_i1);
    goto var_Bfunc;
  }
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l3 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l3;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l3 = var_i0;
  var_i0 = var_l2;
  var_i1 = 66592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 == var_i1;
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = 66596u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 66604u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 += var_i2;
    var_i0 = var_i0 == var_i1;
    var_p0 = var_i0;
  }
  var_i0 = var_p0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 66600u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 66604u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 += var_i2;
    var_i0 = var_i0 == var_i1;
    var_p0 = var_i0;
  }
  var_i0 = var_p0;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 66608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 == var_i1;
  } else {
    var_i0 = var_p0;
  }
  var_i1 = 0u;
  var_i2 = 66604u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = 511u;
    var_i0 &= var_i1;
    var_i1 = 1u;
    var_i2 = var_l2;
    var_i3 = 12u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 4738304u;
    var_i2 += var_i3;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
    var_i0 = var_i2 ? var_i0 : var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 66604u;
    var_i1 = 66604u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_Bfunc;
  }
  w2c_core_f11(instance);
  var_i0 = 66592u;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66596u;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66600u;
  var_i1 = var_l3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66604u;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66608u;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f35(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i10;
  u64 var_j0, var_j1, var_j2, var_j3, var_j7, var_j8, var_j9, var_j10;
  var_i0 = var_p0;
  var_i1 = 10u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 542976u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = 384u;
  var_i0 += var_i1;
  var_i1 = var_p1;
  var_i2 = 9u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 1u;
  var_i1 += var_i2;
  var_l5 = var_i1;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_l6 = var_i1;
  var_i2 = 19u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l6;
  var_i2 = 7u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 4095u;
  var_i1 &= var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l6;
  var_i2 = 127u;
  var_i1 &= var_i2;
  var_i2 = 7u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i1 = 32u;
  var_i0 += var_i1;
  var_i1 = var_p1;
  var_i2 = 511u;
  var_i1 &= var_i2;
  var_p1 = var_i1;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p1;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2432u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l6;
  var_i1 = 32u;
  var_i0 += var_i1;
  var_i1 = var_p1;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i1 = var_l7;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 4294967294u;
  var_i3 = var_p1;
  var_i2 = I32_ROTL(var_i2, var_i3);
  var_i1 &= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l6;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p1 = var_i0;
  var_i1 = var_p2;
  var_i2 = 1u;
  var_i3 = var_p0;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 16u);
  var_i4 = 6u;
  var_i3 -= var_i4;
  var_l7 = var_i3;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_i2 = var_l7;
  var_i1 >>= (var_i2 & 31);
  var_l7 = var_i1;
  var_i2 = 1u;
  var_i3 = var_l7;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 2496u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p1;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = var_p0;
  var_i0 += var_i1;
  var_i1 = 124u;
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i0 = var_l6;
  var_i1 = var_l6;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_i2 = 1u;
  var_i1 += var_i2;
  var_l6 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l6;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l7;
    var_i2 = var_l5;
    w2c_core_f121(instance, var_i0, var_i1, var_i2);
  }
  var_i0 = var_l6;
  var_i1 = 512u;
  var_i2 = var_p1;
  var_i1 = DIV_U(var_i1, var_i2);
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l7;
    var_i2 = var_l5;
    w2c_core_f120(instance, var_i0, var_i1, var_i2);
    var_i0 = var_p0;
    var_i1 = 384u;
    var_i0 += var_i1;
    var_i1 = var_l5;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_p1 = var_i1;
    var_i2 = 19u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p1;
    var_i2 = 7u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 4095u;
    var_i1 &= var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p1;
    var_i2 = 127u;
    var_i1 &= var_i2;
    var_i2 = 7u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
    var_i0 = var_p0;
    var_i1 = var_l5;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 32u);
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
    var_i1 = 3u;
    var_i0 += var_i1;
    var_l6 = var_i0;
    var_i0 = var_p0;
    var_i1 = 4737280u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = var_l6;
      var_i2 = 8u;
      var_i1 -= var_i2;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 1u;
      var_i2 = var_l6;
      var_i1 <<= (var_i2 & 31);
      w2c_env_annexVacate(instance->w2c_env_instance, var_i0, var_i1);
      goto var_B4;
    }
    var_i0 = 65788u;
    var_i1 = 65788u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_p0;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_i1 = var_l5;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_j1 = (u64)(var_i1);
    var_i2 = var_l6;
    var_j2 = (u64)(var_i2);
    var_j1 <<= (var_j2 & 63);
    var_j0 += var_j1;
    var_l3 = var_j0;
    var_i0 = 65544u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_p1 = var_i0;
    var_i1 = 65548u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_i1 = 4095u;
      var_i0 &= var_i1;
      var_i1 = 6u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 104448u;
      var_i0 += var_i1;
    }
    var_p1 = var_i0;
    if (var_i0) {
      var_i0 = var_p1;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 13u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p1;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
      var_l4 = var_j0;
      var_i1 = var_p1;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
      var_j0 += var_j1;
      var_j1 = var_l3;
      var_i0 = var_j0 == var_j1;
      if (var_i0) {
        var_i0 = var_p1;
        var_j1 = var_l4;
        var_j2 = 1ull;
        var_i3 = var_l6;
        var_j3 = (u64)(var_i3);
        var_j2 <<= (var_j3 & 63);
        var_j1 += var_j2;
        i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_j1);
        goto var_B4;
      }
    }
    var_i0 = 4096u;
    var_i1 = 65544u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 65552u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i0 -= var_i1;
    var_i1 = 2048u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {goto var_B4;}
    var_i0 = 13u;
    var_i1 = 0u;
    var_i2 = 14u;
    var_i3 = 0u;
    var_i4 = 0u;
    var_i5 = 0u;
    var_i6 = 0u;
    var_j7 = var_l3;
    var_j8 = 0ull;
    var_j9 = 1ull;
    var_i10 = var_l6;
    var_j10 = (u64)(var_i10);
    var_j9 <<= (var_j10 & 63);
    var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
    var_B4:;
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 40u);
  var_i2 = var_p2;
  var_j2 = (u64)(var_i2);
  var_j1 -= var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_j1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f36(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = 65612u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i0 = 65632u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = 538752u;
    var_i1 = var_p0;
    var_i2 = var_l2;
    var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
    var_i1 = 66668u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = w2c_core_f53(instance, var_i0, var_i1);
    goto var_Bfunc;
  }
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l1 = var_i0;
  }
  var_i0 = var_p0;
  var_i1 = var_l1;
  var_i2 = 65592u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 65612u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  var_i3 = 65628u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_l3 = var_i3;
  var_i2 -= var_i3;
  var_l4 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l1;
  var_i4 = var_l4;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l1 = var_i1;
  var_i2 = var_p0;
  var_i3 = var_l1;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p0 = var_i0;
  var_i0 = var_l3;
  var_i1 = 0u;
  var_i2 = var_p0;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 4294967295u;
    goto var_Bfunc;
  }
  var_i0 = 538624u;
  var_i1 = var_p0;
  var_i2 = var_l2;
  var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
  var_i1 = 66668u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = w2c_core_f53(instance, var_i0, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f37(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 1u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l2 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
  var_l3 = var_i0;
  var_i0 = var_l1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_l2 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
    var_p0 = var_i0;
    var_i0 = w2c_core_f112(instance, var_i0);
    var_i0 = !(var_i0);
    if (var_i0) {goto var_B2;}
    var_i0 = var_l1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_l1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
      var_i1 = 65744u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_p0;
      var_i3 = 11u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_p0;
      var_i3 = 2047u;
      var_i2 &= var_i3;
      var_i3 = 3u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l2;
      w2c_core_f35(instance, var_i0, var_i1, var_i2);
    }
    var_i0 = var_p0;
    w2c_core_f111(instance, var_i0);
    var_B2:;
  } else {
    var_i0 = var_l3;
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_l1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
      var_i2 = var_p0;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
      w2c_core_f35(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = var_l3;
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 4096u;
        var_i1 = 65556u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 65560u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_i0 -= var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 4u;
        var_i1 = var_l2;
        var_i2 = 65688u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = var_p0;
        var_i4 = 65672u;
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
        var_i3 -= var_i4;
        var_p0 = var_i3;
        var_i4 = 14u;
        var_i3 >>= (var_i4 & 31);
        var_i4 = 3u;
        var_i3 <<= (var_i4 & 31);
        var_i2 += var_i3;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = var_p0;
        var_i4 = 16383u;
        var_i3 &= var_i4;
        var_i4 = 5u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 0u;
        var_i4 = 0u;
        var_i5 = 0u;
        var_i6 = 0u;
        w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      }
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f38(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
  var_i1 = 9u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 56u);
    var_i2 = var_l2;
    var_i1 += var_i2;
    var_i0 = var_i0 != var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f30(instance, var_i0);
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 60u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f39(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  var_i0 = !(var_i0);
  var_i1 = var_l3;
  var_i2 = 7u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_l3;
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p1;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    }
  }
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_p1 = var_i0;
  var_i1 = 8192u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 7u;
    var_i1 = 0u;
    var_i2 = var_p1;
    var_i3 = 32768u;
    var_i2 &= var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    goto var_B3;
  }
  var_i0 = 0u;
  var_i1 = var_p1;
  var_i2 = 256u;
  var_i1 &= var_i2;
  if (var_i1) {goto var_B3;}
  var_i0 = var_p1;
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
    var_p0 = var_i0;
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 3u;
    } else {
      var_i0 = 4u;
      var_i1 = 5u;
      var_i2 = var_p0;
      var_i3 = 2u;
      var_i2 = var_i2 == var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
    }
    goto var_B3;
  }
  var_i0 = 0u;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
  var_p1 = var_i1;
  if (var_i1) {
    var_i1 = var_p2;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 48u);
    var_i1 = var_i1 >= var_i2;
  } else {
    var_i1 = 1u;
  }
  if (var_i1) {goto var_B3;}
  var_i0 = 1u;
  var_i1 = 2u;
  var_i2 = var_p1;
  var_i3 = 1u;
  var_i2 = var_i2 == var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_B3:;
  var_p0 = var_i0;
  var_i0 = !(var_i0);
  var_i1 = var_p0;
  var_i2 = 7u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f40(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l1 = var_i0;
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_l1 = var_i0;
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21511424u;
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 3936u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 4032u;
    var_i1 = 4160u;
    var_i2 = 190u;
    var_i3 = 22u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
    UNREACHABLE;
  }
  var_i0 = var_l1;
  var_i1 = var_p0;
  var_i0 = w2c_core_f56(instance, var_i0, var_i1);
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f41(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l2 = var_i0;
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_l2 = var_i0;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21511424u;
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  var_l3 = var_i0;
  var_i0 = var_p1;
  var_i1 = 1024u;
  var_i0 &= var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 128u;
    var_i0 &= var_i1;
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l2 = var_i0;
  }
  var_i0 = var_p1;
  var_i1 = 512u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_l3;
    if (var_i0) {
      var_i0 = var_l3;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_p1 = var_i0;
      var_i0 = 65688u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_p0;
      var_i2 = 65672u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_l4 = var_i1;
      var_i2 = 14u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l4;
      var_i2 = 16383u;
      var_i1 &= var_i2;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 <= var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_p1 = var_i0;
        var_i1 = 6u;
        var_i0 = var_i0 == var_i1;
        var_i1 = 1u;
        var_i2 = var_p1;
        var_i0 = var_i2 ? var_i0 : var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l3;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 5u;
          var_i0 = var_i0 == var_i1;
        }
        if (var_i0) {goto var_B6;}
        var_i0 = var_l3;
        var_i1 = 5u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
        var_i0 = var_l3;
        var_i1 = var_l4;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
        var_i0 = var_l3;
        var_i1 = 6u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
        var_i0 = var_l3;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
        goto var_B6;
      }
      var_i0 = 76u;
      var_i1 = var_p1;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 1u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = var_p0;
        var_i2 = 1u;
        var_i0 = w2c_core_f55(instance, var_i0, var_i1, var_i2);
        var_i1 = 0u;
        var_i0 = var_i0 != var_i1;
      } else {
        var_i0 = var_p1;
        var_i0 = !(var_i0);
        var_i1 = var_p1;
        var_i2 = 7u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_p1 = var_i0;
          var_i0 = var_p0;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_l5 = var_i0;
          var_i1 = 8192u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = 7u;
            var_i1 = 0u;
            var_i2 = var_l5;
            var_i3 = 32768u;
            var_i2 &= var_i3;
            var_i0 = var_i2 ? var_i0 : var_i1;
            goto var_B11;
          }
          var_i0 = 0u;
          var_i1 = var_l5;
          var_i2 = 256u;
          var_i1 &= var_i2;
          if (var_i1) {goto var_B11;}
          var_i0 = var_l5;
          var_i1 = 1u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = var_p1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
            var_p1 = var_i0;
            var_i1 = 1u;
            var_i0 = var_i0 == var_i1;
            if (var_i0) {
              var_i0 = 3u;
            } else {
              var_i0 = 4u;
              var_i1 = 5u;
              var_i2 = var_p1;
              var_i3 = 2u;
              var_i2 = var_i2 == var_i3;
              var_i0 = var_i2 ? var_i0 : var_i1;
            }
            goto var_B11;
          }
          var_i0 = 0u;
          var_i1 = var_p1;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
          var_l5 = var_i1;
          if (var_i1) {
            var_i1 = var_l4;
            var_i2 = var_p1;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 48u);
            var_i1 = var_i1 >= var_i2;
          } else {
            var_i1 = 1u;
          }
          if (var_i1) {goto var_B11;}
          var_i0 = 1u;
          var_i1 = 2u;
          var_i2 = var_l5;
          var_i3 = 1u;
          var_i2 = var_i2 == var_i3;
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_B11:;
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_l3;
            var_i1 = var_p0;
            var_i0 = w2c_core_f80(instance, var_i0, var_i1);
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = var_p0;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
          if (var_i0) {
            var_i0 = var_p1;
            var_i1 = 1u;
            var_i0 = var_i0 != var_i1;
            if (var_i0) {
              var_i0 = 1u;
            } else {
              var_i0 = var_p0;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
              var_i1 = 32u;
              var_i0 &= var_i1;
            }
          } else {
            var_i0 = 0u;
          }
          if (var_i0) {
            var_i0 = var_l3;
            var_i1 = var_p0;
            var_i0 = w2c_core_f56(instance, var_i0, var_i1);
          } else {
            var_i0 = 0u;
          }
        }
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l3;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_p1 = var_i0;
        if (var_i0) {
          var_i0 = var_p1;
          var_i1 = 6u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 1u;
        }
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l3;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 5u;
          var_i0 = var_i0 == var_i1;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = 5u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
          var_i0 = var_l3;
          var_i1 = var_l4;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
          var_i0 = var_l3;
          var_i1 = 6u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
          var_i0 = var_l3;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
        }
      }
      var_B6:;
    }
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_p1 = var_i0;
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = 4294966783u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_l3;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = var_l3;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
      }
    }
  }
  var_i0 = var_l3;
  if (var_i0) {
    var_i0 = var_l3;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_l3;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 2u;
      var_i0 = var_i0 == var_i1;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 1u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294964223u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 4294967167u;
    var_i1 &= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f42(w2c_core* instance, u32 var_p0) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967231u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497632u;
  var_i0 += var_i1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
    var_i2 = 0u;
    w2c_core_f19(instance, var_i0, var_i1, var_i2);
  } else {
    var_i0 = var_p0;
    w2c_core_f43(instance, var_i0);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f43(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l1 = var_i0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497632u;
  var_i0 += var_i1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_i1 = var_l1;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_i2 = 1u;
  var_i3 = 0u;
  w2c_core_f6(instance, var_i1, var_i2, var_i3);
  var_i1 = var_p0;
  var_i2 = 0u;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4, var_i2);
  var_i1 = var_p0;
  var_i2 = 13u;
  var_i3 = 9u;
  var_i4 = var_p0;
  var_i4 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 2u);
  var_i5 = 256u;
  var_i4 &= var_i5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  w2c_core_f7(instance, var_i1, var_i2);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
    goto var_Bfunc;
  }
  var_i0 = 65644u;
  var_i1 = 65644u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  var_l1 = var_i1;
  var_i2 = 1u;
  var_i3 = var_l1;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l1 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_l1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738656u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f44(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l1 = var_i0;
  var_i1 = 32u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 66064u;
    var_i1 = 66048u;
    var_i2 = var_l1;
    var_i3 = 16u;
    var_i2 &= var_i3;
    var_i2 = !(var_i2);
    var_i3 = 65604u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i4 = 2u;
    var_i3 = var_i3 == var_i4;
    var_l1 = var_i3;
    var_i4 = var_l1;
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_i1 = var_p0;
    w2c_core_f15(instance, var_i0, var_i1);
  }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f45(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6) {
  u32 var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0, var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j2, var_j7, var_j8, var_j9;
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l7 = var_i0;
  if (var_i0) {
    var_i0 = var_l7;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l7 = var_i0;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l7 = var_i0;
    if (var_i0) {
      var_i0 = var_l7;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p4;
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_p3 = var_i0;
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_p3;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_p3 = var_i0;
          if (var_i0) {
            var_i0 = var_p3;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_p3 = var_i0;
        if (var_i0) {
          var_i0 = var_p3;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        w2c_core_f33(instance, var_i0);
      }
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = 1u;
    var_p3 = var_i0;
  }
  var_i0 = var_p4;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 65588u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l7 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = 65760u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_l7 = var_i0;
    }
    var_i0 = var_p3;
    var_i1 = var_l7;
    var_i2 = 65592u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65612u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 += var_i3;
    var_i3 = 65628u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_l8 = var_i2;
    var_i1 -= var_i2;
    var_i2 = 0u;
    var_i3 = var_l7;
    var_i4 = var_l8;
    var_i3 = var_i3 > var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_l7 = var_i1;
    var_i2 = var_p3;
    var_i3 = var_l7;
    var_i2 = var_i2 < var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l7 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_p2;
      var_i3 = var_l7;
      var_i4 = 4294967295u;
      var_i5 = var_p5;
      var_i6 = var_p6;
      w2c_core_f49(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_l7;
      var_i3 = var_p6;
      w2c_core_f24(instance, var_i0, var_i1, var_i2, var_i3);
      var_i0 = var_l7;
      goto var_Bfunc;
    }
  }
  var_i0 = var_p3;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_p4;
  var_i2 = 3u;
  var_i1 = var_i1 == var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 65588u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l7 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = 65760u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_l7 = var_i0;
    }
    var_i0 = var_l7;
    var_i1 = 65592u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 65612u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 += var_i2;
    var_i2 = 65628u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_l8 = var_i1;
    var_i0 -= var_i1;
    var_i1 = 0u;
    var_i2 = var_l7;
    var_i3 = var_l8;
    var_i2 = var_i2 > var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p2;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
      var_l7 = var_i0;
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
        var_l7 = var_i0;
        if (var_i0) {
          var_i0 = var_l7;
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21511424u;
          var_i0 += var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      var_l7 = var_i0;
      if (var_i0) {
        var_i0 = var_l7;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = 3u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_i1 = 1u;
    var_i2 = 65584u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 <<= (var_i2 & 31);
    var_i0 = var_i0 == var_i1;
  }
  if (var_i0) {
    var_i0 = var_p2;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_p3 = var_i0;
      var_i0 = var_p2;
      var_i1 = var_p2;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 4294967271u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_p3;
      if (var_i0) {
        var_i0 = 66056u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 66072u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 += var_i1;
        var_i1 = 65644u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = var_p3;
        var_i1 -= var_i2;
        var_i0 = var_i0 > var_i1;
        if (var_i0) {
          var_i0 = var_p2;
          var_i1 = var_p2;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 16u;
          var_i1 |= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        }
      }
      var_i0 = var_p2;
      var_i1 = 0u;
      w2c_core_f7(instance, var_i0, var_i1);
    }
    var_i0 = var_p2;
    var_i1 = var_p5;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
    var_i0 = var_p6;
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_p2;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 128u;
      var_i1 |= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    }
    var_i0 = var_p2;
    var_i1 = 0u;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    var_i0 = var_p2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_p3 = var_i0;
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_p4 = var_i0;
    var_i1 = 4738672u;
    var_i0 += var_i1;
    var_p5 = var_i0;
    var_i1 = var_p5;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = 1ull;
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = var_p4;
    var_i1 = 4738688u;
    var_i0 += var_i1;
    var_p4 = var_i0;
    var_i1 = var_p4;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_p3;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = var_p0;
    var_i1 = var_p2;
    var_j0 = w2c_core_f75(instance, var_i0, var_i1);
    var_l9 = var_j0;
    var_i0 = 65592u;
    var_i1 = 65592u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65592u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65612u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_i1 = 65628u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 -= var_i1;
    var_p2 = var_i0;
    var_i1 = 65596u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 65596u;
      var_i1 = var_p2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_j0 = 1ull;
    var_i1 = 65584u;
    var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j0 <<= (var_j1 & 63);
    var_l10 = var_j0;
    var_i0 = 1u;
    var_i1 = 0u;
    var_i2 = 1u;
    var_i3 = var_p0;
    var_i4 = var_p1;
    var_i5 = 1u;
    var_i6 = 4294967295u;
    var_i7 = var_p0;
    var_i8 = 12u;
    var_i7 <<= (var_i8 & 31);
    var_i8 = 4738304u;
    var_i7 += var_i8;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
    if (var_i7) {
      var_i7 = var_p0;
      var_i8 = var_p1;
      var_j7 = w2c_core_f8(instance, var_i7, var_i8);
      goto var_B29;
    }
    var_i7 = var_p0;
    var_i8 = 12u;
    var_i7 <<= (var_i8 & 31);
    var_i8 = 4738304u;
    var_i7 += var_i8;
    var_p2 = var_i7;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
    if (var_i7) {
      var_i7 = var_p2;
      var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
      var_i8 = var_p2;
      var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
      var_i9 = 9u;
      var_i8 >>= (var_i9 & 31);
      var_i9 = var_p1;
      var_i10 = 9u;
      var_i9 >>= (var_i10 & 31);
      var_i8 += var_i9;
      var_i9 = 2u;
      var_i8 <<= (var_i9 & 31);
      var_i7 += var_i8;
      var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
      var_j8 = 21ull;
      var_j7 <<= (var_j8 & 63);
      var_i8 = var_p1;
      var_i9 = 511u;
      var_i8 &= var_i9;
      var_j8 = (u64)(var_i8);
      var_i9 = 65584u;
      var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
      var_j8 <<= (var_j9 & 63);
      var_j7 |= var_j8;
      goto var_B29;
    }
    var_i7 = var_p0;
    var_i8 = 12u;
    var_i7 <<= (var_i8 & 31);
    var_i8 = 4738304u;
    var_i7 += var_i8;
    var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
    var_i8 = var_p1;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 += var_j8;
    var_B29:;
    var_j8 = var_l9;
    var_j9 = var_l10;
    var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
    var_i1 = 3u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_p3;
  var_i0 = w2c_core_f36(instance, var_i0);
  var_p3 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p5;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = var_p2;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_p0 = var_i0;
      var_i0 = var_p2;
      var_i1 = var_p2;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 4294967271u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_p0;
      if (var_i0) {
        var_i0 = 66056u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 66072u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 += var_i1;
        var_i1 = 65644u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = var_p0;
        var_i1 -= var_i2;
        var_i0 = var_i0 > var_i1;
        if (var_i0) {
          var_i0 = var_p2;
          var_i1 = var_p2;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 16u;
          var_i1 |= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        }
      }
      var_i0 = var_p2;
      var_i1 = 0u;
      w2c_core_f7(instance, var_i0, var_i1);
    }
    var_i0 = var_p2;
    var_i1 = var_p5;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
    var_i0 = var_p6;
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_p2;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 128u;
      var_i1 |= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    }
    var_i0 = var_p2;
    var_i1 = 0u;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    var_i0 = 66080u;
    var_i1 = var_p2;
    w2c_core_f17(instance, var_i0, var_i1);
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = var_p2;
  var_i3 = 66668u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_l7 = var_i3;
  var_i4 = var_p3;
  var_i5 = var_p5;
  var_i6 = var_p6;
  w2c_core_f49(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = var_p2;
  var_i3 = var_l7;
  var_i4 = var_p3;
  var_i5 = var_p4;
  w2c_core_f97(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  var_i0 = var_l7;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f46(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9;
  var_i0 = 1u;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
  var_l1 = var_i1;
  var_i2 = var_p0;
  var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 6u);
  var_l2 = var_i2;
  var_i3 = 65688u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i4 = var_p0;
  var_i5 = 65672u;
  var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
  var_i4 -= var_i5;
  var_l3 = var_i4;
  var_i5 = 14u;
  var_i4 >>= (var_i5 & 31);
  var_i5 = 3u;
  var_i4 <<= (var_i5 & 31);
  var_i3 += var_i4;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i4 = var_l3;
  var_i5 = 16383u;
  var_i4 &= var_i5;
  var_i5 = 5u;
  var_i4 >>= (var_i5 & 31);
  var_i3 += var_i4;
  var_l3 = var_i3;
  var_i4 = var_p0;
  var_i5 = 1u;
  var_i6 = var_p0;
  var_i6 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i6) + 2u);
  var_l4 = var_i6;
  var_i7 = 8192u;
  var_i6 &= var_i7;
  if (var_i6) {
    var_i6 = 7u;
    var_i7 = 0u;
    var_i8 = var_l4;
    var_i9 = 32768u;
    var_i8 &= var_i9;
    var_i6 = var_i8 ? var_i6 : var_i7;
    goto var_B0;
  }
  var_i6 = 0u;
  var_i7 = var_l4;
  var_i8 = 256u;
  var_i7 &= var_i8;
  if (var_i7) {goto var_B0;}
  var_i6 = var_l2;
  var_i7 = 12u;
  var_i6 <<= (var_i7 & 31);
  var_i7 = 4738304u;
  var_i6 += var_i7;
  var_l2 = var_i6;
  var_i6 = var_l4;
  var_i7 = 1u;
  var_i6 &= var_i7;
  if (var_i6) {
    var_i6 = var_l2;
    var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6) + 32u);
    var_l2 = var_i6;
    var_i7 = 1u;
    var_i6 = var_i6 == var_i7;
    if (var_i6) {
      var_i6 = 3u;
    } else {
      var_i6 = 4u;
      var_i7 = 5u;
      var_i8 = var_l2;
      var_i9 = 2u;
      var_i8 = var_i8 == var_i9;
      var_i6 = var_i8 ? var_i6 : var_i7;
    }
    goto var_B0;
  }
  var_i6 = 0u;
  var_i7 = var_l2;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 28u);
  var_l4 = var_i7;
  if (var_i7) {
    var_i7 = var_l3;
    var_i8 = var_l2;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 48u);
    var_i7 = var_i7 >= var_i8;
  } else {
    var_i7 = 1u;
  }
  if (var_i7) {goto var_B0;}
  var_i6 = 1u;
  var_i7 = 2u;
  var_i8 = var_l4;
  var_i9 = 1u;
  var_i8 = var_i8 == var_i9;
  var_i6 = var_i8 ? var_i6 : var_i7;
  var_B0:;
  var_i7 = var_l1;
  var_i8 = 0u;
  var_i2 = w2c_core_f45(instance, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, var_i8);
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 4u;
    w2c_core_f7(instance, var_i0, var_i1);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f47(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4) {
  u32 var_l5 = 0;
  u64 var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10, var_i11;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9, var_j10;
  var_i0 = var_p2;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_L2: 
      var_i0 = var_p2;
      var_i1 = var_l5;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_i2 = var_l5;
        var_i1 += var_i2;
        var_i2 = 1u;
        var_i3 = var_p3;
        var_i4 = var_l5;
        var_i3 += var_i4;
        var_i4 = var_p4;
        w2c_core_f47(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
        var_i0 = var_l5;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l5 = var_i0;
        goto var_L2;
      }
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l6 = var_j0;
  var_i0 = 16u;
  var_i1 = 0u;
  var_i2 = 5u;
  var_i3 = var_p0;
  var_i4 = var_p1;
  var_i5 = var_p2;
  var_i6 = var_p3;
  var_i7 = 65576u;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_i8 = 65616u;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i9 = var_p3;
  var_i10 = 65584u;
  var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_i9 <<= (var_i10 & 31);
  var_i8 += var_i9;
  var_j8 = (u64)(var_i8);
  var_j7 += var_j8;
  var_i8 = var_p0;
  var_i9 = 12u;
  var_i8 <<= (var_i9 & 31);
  var_i9 = 4738304u;
  var_i8 += var_i9;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 172u);
  if (var_i8) {
    var_i8 = var_p0;
    var_i9 = var_p1;
    var_j8 = w2c_core_f8(instance, var_i8, var_i9);
    goto var_B4;
  }
  var_i8 = var_p0;
  var_i9 = 12u;
  var_i8 <<= (var_i9 & 31);
  var_i9 = 4738304u;
  var_i8 += var_i9;
  var_p2 = var_i8;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 56u);
  if (var_i8) {
    var_i8 = var_p2;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 20u);
    var_i9 = var_p2;
    var_i9 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9) + 16u);
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i10 = var_p1;
    var_i11 = 9u;
    var_i10 >>= (var_i11 & 31);
    var_i9 += var_i10;
    var_i10 = 2u;
    var_i9 <<= (var_i10 & 31);
    var_i8 += var_i9;
    var_j8 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
    var_j9 = 21ull;
    var_j8 <<= (var_j9 & 63);
    var_i9 = var_p1;
    var_i10 = 511u;
    var_i9 &= var_i10;
    var_j9 = (u64)(var_i9);
    var_i10 = 65584u;
    var_j10 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
    var_j9 <<= (var_j10 & 63);
    var_j8 |= var_j9;
    goto var_B4;
  }
  var_i8 = var_p0;
  var_i9 = 12u;
  var_i8 <<= (var_i9 & 31);
  var_i9 = 4738304u;
  var_i8 += var_i9;
  var_j8 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 8u);
  var_i9 = var_p1;
  var_j9 = (u64)(var_i9);
  var_i10 = 65584u;
  var_j10 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_j9 <<= (var_j10 & 63);
  var_j8 += var_j9;
  var_B4:;
  var_j9 = var_l6;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_i1 = var_p4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f48(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  if (var_i0) {
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = 65628u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = 538624u;
    var_i1 = 1u;
    var_i2 = 65612u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
  } else {
    var_i0 = 4294967295u;
  }
  var_l1 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  w2c_core_f44(instance, var_i0);
  var_i0 = var_p0;
  var_i1 = var_l1;
  w2c_core_f102(instance, var_i0, var_i1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f49(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5, u32 var_p6) {
  u32 var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p2;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 1u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
    var_l7 = var_i0;
    var_i0 = var_p2;
    var_i1 = var_p2;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 4294967271u;
    var_i1 &= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    var_i0 = var_l7;
    if (var_i0) {
      var_i0 = 66056u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 66072u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_i1 = 65644u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l7;
      var_i1 -= var_i2;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        var_i1 = var_p2;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 16u;
        var_i1 |= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      }
    }
    var_i0 = var_p2;
    var_i1 = 0u;
    w2c_core_f7(instance, var_i0, var_i1);
  }
  var_i0 = var_p2;
  var_i1 = var_p5;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p6;
  if (var_i0) {
    var_i0 = var_p2;
    var_i1 = var_p2;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 128u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = var_p2;
  var_i1 = var_p4;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p4;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p4;
    var_i1 = 2u;
    var_i2 = var_p2;
    w2c_core_f6(instance, var_i0, var_i1, var_i2);
  }
  var_i0 = 1u;
  var_p5 = var_i0;
  var_L5: 
    var_i0 = var_p3;
    var_i1 = var_p5;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = var_p5;
      var_i0 += var_i1;
      var_p6 = var_i0;
      var_i1 = 511u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        var_i1 = 32u;
        var_i0 += var_i1;
      } else {
        var_i0 = var_p0;
        var_i1 = var_p6;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      }
      var_p2 = var_i0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_p6 = var_i0;
        var_i0 = var_p2;
        var_i1 = var_p2;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967271u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_p6;
        if (var_i0) {
          var_i0 = 66056u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i1 = 66072u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i0 += var_i1;
          var_i1 = 65644u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = var_p6;
          var_i1 -= var_i2;
          var_i0 = var_i0 > var_i1;
          if (var_i0) {
            var_i0 = var_p2;
            var_i1 = var_p2;
            var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
            var_i2 = 16u;
            var_i1 |= var_i2;
            i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          }
        }
        var_i0 = var_p2;
        var_i1 = 0u;
        w2c_core_f7(instance, var_i0, var_i1);
      }
      var_i0 = var_p2;
      var_i1 = 0u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
      var_i0 = var_p2;
      var_i1 = 4294967295u;
      var_i2 = var_p4;
      var_i3 = var_p5;
      var_i2 += var_i3;
      var_i3 = var_p4;
      var_i4 = 4294967295u;
      var_i3 = var_i3 == var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_p6 = var_i1;
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
      var_i0 = var_p6;
      var_i1 = 4294967295u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_p6;
        var_i1 = 2u;
        var_i2 = var_p2;
        w2c_core_f6(instance, var_i0, var_i1, var_i2);
      }
      var_i0 = var_p5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p5 = var_i0;
      goto var_L5;
    }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f51(w2c_core* instance, u32 var_p0, u64 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1;
  var_i0 = 1u;
  var_i1 = 65768u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l6 = var_i0;
  var_j0 = var_p1;
  var_j1 = 21ull;
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_l7 = var_i0;
  var_i1 = var_p0;
  var_i2 = 2654435761u;
  var_i1 *= var_i2;
  var_i0 += var_i1;
  var_i1 = 2654435761u;
  var_i0 *= var_i1;
  var_i1 = 32u;
  var_i2 = var_l2;
  var_i1 -= var_i2;
  var_i0 >>= (var_i1 & 31);
  var_l2 = var_i0;
  var_L0: 
    var_i0 = 65740u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l4 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_l5 = var_i0;
    if (var_i0) {
      var_i0 = var_l5;
      var_i1 = 20u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = var_p0;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l4;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l7;
      var_i1 = var_i1 == var_i2;
      var_i0 &= var_i1;
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l6;
      var_i0 &= var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 65740u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l2 = var_i0;
  var_i1 = 1048575u;
  var_i0 &= var_i1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = 4294967295u;
  var_i2 = var_l2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l2 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l7;
    var_i0 = w2c_core_f77(instance, var_i0, var_i1);
    var_l2 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 4294967295u;
      goto var_Bfunc;
    }
    var_i0 = 65784u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65676u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = w2c_core_f29(instance);
    } else {
      var_i0 = 0u;
    }
    var_l4 = var_i0;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 9u;
      var_i0 <<= (var_i1 & 31);
      var_l5 = var_i0;
      var_i0 = var_l4;
      var_i1 = 0u;
      var_i2 = 16384u;
      memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
      var_i0 = 65784u;
      var_i1 = 65784u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_L7: 
        var_i0 = var_l3;
        var_i1 = 512u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_l4;
          var_i1 = var_l3;
          var_i2 = 5u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i1 = var_p0;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6, var_i1);
          var_i0 = var_l3;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l3 = var_i0;
          goto var_L7;
        }
      var_i0 = 65688u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l4;
      var_i2 = 65672u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i2 = 14u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_l5;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65688u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l4;
      var_i2 = 65672u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i2 = 14u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i1 = var_l3;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
    }
    var_i0 = var_l4;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l2;
      w2c_core_f131(instance, var_i0, var_i1);
      var_i0 = 4294967295u;
      goto var_Bfunc;
    }
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
    var_i1 = var_l2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_l4;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_j0 = var_p1;
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_i1 = 511u;
  var_i0 &= var_i1;
  var_i1 = var_l2;
  var_i2 = 9u;
  var_i1 <<= (var_i2 & 31);
  var_i0 |= var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f52(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 21634304u;
  var_i0 = var_i0 < var_i1;
  var_i1 = 0u;
  var_i2 = var_l2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i0 = w2c_core_f72(instance, var_i0, var_i1);
  } else {
    var_i0 = var_l2;
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f53(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_L0: 
    var_i0 = var_p1;
    var_i1 = var_l2;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l2;
      var_i0 += var_i1;
      var_i1 = 2u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 65592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65612u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 += var_i1;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_l2 = var_i0;
  var_i1 = 65596u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 65596u;
    var_i1 = var_l2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 66668u;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f54(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_l2;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_j0 = w2c_core_f8(instance, var_i0, var_i1);
      goto var_B1;
    }
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
    if (var_i0) {
      var_i0 = var_l2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
      var_i1 = var_l2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
      var_i2 = 9u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = var_p1;
      var_i3 = 9u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_j1 = 21ull;
      var_j0 <<= (var_j1 & 63);
      var_i1 = var_p1;
      var_i2 = 511u;
      var_i1 &= var_i2;
      var_j1 = (u64)(var_i1);
      var_i2 = 65584u;
      var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_j1 <<= (var_j2 & 63);
      var_j0 |= var_j1;
      goto var_B1;
    }
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_i1 = var_p1;
    var_j1 = (u64)(var_i1);
    var_i2 = 65584u;
    var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_j1 <<= (var_j2 & 63);
    var_j0 += var_j1;
    var_B1:;
    var_j1 = 9223372036854775808ull;
    var_i0 = var_j0 >= var_j1;
  } else {
    var_i0 = 0u;
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f55(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  u64 var_j5, var_j6, var_j7;
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p1;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l3 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l3;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i0 = 1u;
  var_l3 = var_i0;
  var_i0 = 1u;
  var_i1 = var_p2;
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
  var_p2 = var_i2;
  var_i3 = 12u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 4738304u;
  var_i2 += var_i3;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 172u);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l6 = var_i0;
  var_L0: 
    var_i0 = var_l3;
    var_i1 = var_l6;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = var_l4;
      var_i0 += var_i1;
      var_l7 = var_i0;
      var_i1 = var_p2;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_l5 = var_i1;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = 511u;
        var_i0 &= var_i1;
        var_i1 = 1u;
        var_i2 = var_l5;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
        var_i0 = var_i2 ? var_i0 : var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_l3;
      var_i2 = var_l4;
      var_i1 += var_i2;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l5 = var_i0;
      if (var_i0) {
        var_i0 = var_l5;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 1536u;
        var_i0 &= var_i1;
        var_i1 = 1536u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = 76u;
          var_i1 = var_l5;
          var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i0 >>= (var_i1 & 31);
          var_i1 = 1u;
          var_i0 &= var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L0;
    }
  var_i0 = var_p0;
  var_i1 = var_l3;
  var_i0 = w2c_core_f59(instance, var_i0, var_i1);
  var_l3 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 21u;
  var_i2 = var_p1;
  var_i3 = var_l3;
  var_i4 = var_p0;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 104u);
  var_p0 = var_i4;
  var_i5 = var_p2;
  var_i6 = 12u;
  var_i5 <<= (var_i6 & 31);
  var_i6 = 4738304u;
  var_i5 += var_i6;
  var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 172u);
  if (var_i5) {
    var_i5 = var_p2;
    var_i6 = var_l4;
    var_j5 = w2c_core_f8(instance, var_i5, var_i6);
    goto var_B8;
  }
  var_i5 = var_p2;
  var_i6 = 12u;
  var_i5 <<= (var_i6 & 31);
  var_i6 = 4738304u;
  var_i5 += var_i6;
  var_p1 = var_i5;
  var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 56u);
  if (var_i5) {
    var_i5 = var_p1;
    var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 20u);
    var_i6 = var_p1;
    var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6) + 16u);
    var_i7 = 9u;
    var_i6 >>= (var_i7 & 31);
    var_i7 = var_l4;
    var_i8 = 9u;
    var_i7 >>= (var_i8 & 31);
    var_i6 += var_i7;
    var_i7 = 2u;
    var_i6 <<= (var_i7 & 31);
    var_i5 += var_i6;
    var_j5 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
    var_j6 = 21ull;
    var_j5 <<= (var_j6 & 63);
    var_i6 = var_l4;
    var_i7 = 511u;
    var_i6 &= var_i7;
    var_j6 = (u64)(var_i6);
    var_i7 = 65584u;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j6 <<= (var_j7 & 63);
    var_j5 |= var_j6;
    goto var_B8;
  }
  var_i5 = var_p2;
  var_i6 = 12u;
  var_i5 <<= (var_i6 & 31);
  var_i6 = 4738304u;
  var_i5 += var_i6;
  var_j5 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 8u);
  var_i6 = var_l4;
  var_j6 = (u64)(var_i6);
  var_i7 = 65584u;
  var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_j6 <<= (var_j7 & 63);
  var_j5 += var_j6;
  var_B8:;
  var_i6 = var_p0;
  var_j6 = (u64)(var_i6);
  var_i7 = 65584u;
  var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_j6 <<= (var_j7 & 63);
  w2c_core_f57(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_j5, var_j6);
  var_i0 = var_p0;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f56(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  u64 var_j5, var_j6, var_j7;
  var_i0 = var_p0;
  var_i1 = 1u;
  var_i0 = w2c_core_f59(instance, var_i0, var_i1);
  var_l2 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 10u;
  var_i2 = var_p1;
  var_i3 = var_l2;
  var_i4 = 1u;
  var_i5 = 65576u;
  var_j5 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
  var_i6 = 65616u;
  var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
  var_i7 = var_p1;
  var_i7 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 4u);
  var_i8 = 1u;
  var_i7 -= var_i8;
  var_i8 = 65584u;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i7 <<= (var_i8 & 31);
  var_i6 += var_i7;
  var_j6 = (u64)(var_i6);
  var_j5 += var_j6;
  var_j6 = 1ull;
  var_i7 = 65584u;
  var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_j6 <<= (var_j7 & 63);
  w2c_core_f57(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_j5, var_j6);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f57(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u64 var_p5, u64 var_p6) {
  u32 var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9;
  u64 var_j7, var_j8, var_j9;
  var_i0 = var_p2;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l9 = var_i0;
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p2;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l7 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l7;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l10 = var_i0;
  var_L0: 
    var_i0 = var_p4;
    var_i1 = var_l8;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l8;
      if (var_i0) {
        var_i0 = var_l9;
        var_i1 = var_l8;
        var_i2 = var_l10;
        var_i1 += var_i2;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      } else {
        var_i0 = var_p2;
      }
      var_l7 = var_i0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_l11 = var_i0;
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = var_l11;
        var_i2 = 4294966783u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_p0;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_p0;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i2 = 1u;
          var_i1 -= var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
        }
      }
      var_i0 = var_l7;
      var_i1 = var_l7;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 16384u;
      var_i1 |= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_l8;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      goto var_L0;
    }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 108u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 108, var_i1);
  var_i0 = 66652u;
  var_i1 = 66652u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p1;
  var_i1 = 0u;
  var_i2 = 19u;
  var_i3 = var_l9;
  var_i4 = var_l10;
  var_i5 = var_p4;
  var_i6 = var_p3;
  var_i7 = var_p0;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_i8 = var_p3;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_j8 = var_p5;
  var_j9 = var_p6;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  FUNC_EPILOGUE;
}

static void w2c_core_f58(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 76u);
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = 20u;
    var_i1 = 18u;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
    var_i3 = var_p0;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 72u);
    var_i4 = var_l1;
    w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
  }
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 76, var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f59(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 88u);
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 84u);
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = 66652u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 1024u;
    var_i0 += var_i1;
    var_i1 = 4096u;
    var_i2 = 65556u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65560u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_i1 -= var_i2;
    var_i0 = var_i0 >= var_i1;
  }
  if (var_i0) {
    var_i0 = 4294967295u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 512u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 100u);
  var_l2 = var_i0;
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 96u);
  var_l7 = var_i0;
  var_i1 = var_l2;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {goto var_B2;}
  var_i0 = var_l5;
  var_i1 = var_l7;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_l4 = var_i1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 4294967295u;
  var_i2 = var_l7;
  var_i1 <<= (var_i2 & 31);
  var_i0 &= var_i1;
  var_l3 = var_i0;
  var_i0 = var_l2;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = 5u;
  var_i0 >>= (var_i1 & 31);
  var_l7 = var_i0;
  var_L3: 
    var_i0 = var_l3;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l2;
      var_l3 = var_i0;
      var_i0 = var_l4;
      var_i1 = var_l7;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {goto var_B2;}
      var_i0 = var_l5;
      var_i1 = var_l4;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_l4 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l3 = var_i0;
      goto var_L3;
    }
  var_i0 = var_l3;
  var_i0 = I32_CTZ(var_i0);
  var_i1 = var_l4;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = var_l2;
  var_i2 = var_l2;
  var_i3 = var_l3;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l3 = var_i0;
  var_B2:;
  var_i0 = var_l2;
  var_i1 = var_l3;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_l2;
    var_i1 = !(var_i1);
    if (var_i1) {goto var_B6;}
    var_i0 = 0u;
    var_l4 = var_i0;
    var_i0 = var_l5;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l3 = var_i0;
    var_i0 = var_l2;
    var_i1 = 1u;
    var_i0 -= var_i1;
    var_i1 = 5u;
    var_i0 >>= (var_i1 & 31);
    var_l7 = var_i0;
    var_L7: 
      var_i0 = var_l3;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = var_l4;
        var_i2 = var_l7;
        var_i1 = var_i1 == var_i2;
        if (var_i1) {goto var_B6;}
        var_i0 = var_l5;
        var_i1 = var_l4;
        var_i2 = 1u;
        var_i1 += var_i2;
        var_l4 = var_i1;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l3 = var_i0;
        goto var_L7;
      }
    var_i0 = var_l3;
    var_i0 = I32_CTZ(var_i0);
    var_i1 = var_l4;
    var_i2 = 5u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l3 = var_i0;
    var_i1 = var_l2;
    var_i2 = var_l2;
    var_i3 = var_l3;
    var_i2 = var_i2 > var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_B6:;
    var_l3 = var_i0;
  }
  var_i0 = var_l2;
  var_i1 = var_l3;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 84u);
  } else {
    var_i0 = var_l2;
  }
  var_l4 = var_i0;
  var_L10: 
    var_i0 = var_l4;
    var_i1 = var_l3;
    var_i2 = var_l6;
    var_i1 += var_i2;
    var_l7 = var_i1;
    var_i0 = var_i0 > var_i1;
    var_i1 = var_p1;
    var_i2 = var_l6;
    var_i1 = var_i1 > var_i2;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_l5;
      var_i1 = var_l7;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l7;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 1u;
      var_i0 &= var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      goto var_L10;
    }
  var_i0 = var_p0;
  var_i1 = var_l6;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 104, var_i1);
  var_i0 = 0u;
  var_p1 = var_i0;
  var_L13: 
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 104u);
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 512u;
      var_i0 += var_i1;
      var_i1 = var_p1;
      var_i2 = var_l3;
      var_i1 += var_i2;
      var_l4 = var_i1;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i1 = var_l5;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 4294967294u;
      var_i3 = var_l4;
      var_i2 = I32_ROTL(var_i2, var_i3);
      var_i1 &= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p1 = var_i0;
      goto var_L13;
    }
  var_i0 = var_p0;
  var_i1 = var_l3;
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 104u);
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 96, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l2;
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 96u);
  var_p1 = var_i2;
  var_i3 = var_p1;
  var_i4 = var_l2;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 100, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 88u);
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 104u);
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 88, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 92u);
  var_p1 = var_i1;
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 88u);
  var_p0 = var_i2;
  var_i3 = var_p0;
  var_i4 = var_p1;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 92, var_i1);
  var_i0 = var_l3;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f60(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 497664u;
  var_i1 += var_i2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 65568u;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65704u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_j0 >= var_j1;
  if (var_i0) {
    var_i0 = 65728u;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 65712u;
  var_j1 = 0ull;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_p1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f84(instance, var_i0);
    var_i0 = var_p0;
    var_i1 = 1u;
    var_i2 = 0u;
    w2c_core_f6(instance, var_i0, var_i1, var_i2);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
    var_i0 = var_p1;
    w2c_core_f37(instance, var_i0);
    var_i0 = var_p1;
    var_i1 = var_l4;
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  }
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_l3 = var_i0;
  var_i1 = 4738664u;
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i1 = var_l4;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_l3;
  var_i1 = 4738680u;
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i1 = var_l4;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_l3;
  var_i1 = 4738696u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = var_l3;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_p2;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p2 = var_i0;
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 530432u;
  var_i1 += var_i2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 1u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967293u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967039u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p2;
  var_i1 = 5u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    w2c_core_f42(instance, var_i0);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 1u;
  var_i2 = 0u;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p2;
  var_i1 = 6u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 11u;
    w2c_core_f7(instance, var_i0, var_i1);
    var_i0 = var_p1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 4u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p1;
      w2c_core_f16(instance, var_i0);
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f61(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10, var_i11;
  u64 var_j7, var_j8, var_j9, var_j10;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l5 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_l7 = var_i0;
  var_i1 = var_p3;
  var_i0 = w2c_core_f119(instance, var_i0, var_i1);
  var_l4 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 28u;
    w2c_core_f32(instance, var_i0, var_i1, var_i2);
    goto var_Bfunc;
  }
  var_i0 = var_l5;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l4;
    var_i0 = w2c_core_f69(instance, var_i0);
  } else {
    var_i0 = 0u;
  }
  var_l6 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l7;
    var_i1 = var_l4;
    var_i2 = var_p3;
    w2c_core_f35(instance, var_i0, var_i1, var_i2);
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 28u;
    w2c_core_f32(instance, var_i0, var_i1, var_i2);
    goto var_Bfunc;
  }
  var_i0 = 10u;
  var_i1 = 0u;
  var_i2 = 10u;
  var_i3 = var_l5;
  var_i4 = 65688u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p0;
  var_i6 = 65672u;
  var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
  var_i5 -= var_i6;
  var_p0 = var_i5;
  var_i6 = 14u;
  var_i5 >>= (var_i6 & 31);
  var_i6 = 3u;
  var_i5 <<= (var_i6 & 31);
  var_i4 += var_i5;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p0;
  var_i6 = 16383u;
  var_i5 &= var_i6;
  var_i6 = 5u;
  var_i5 >>= (var_i6 & 31);
  var_i4 += var_i5;
  var_i5 = 1u;
  var_i6 = var_p1;
  var_i7 = var_p3;
  var_i8 = 1u;
  var_i9 = var_l7;
  var_i10 = 10u;
  var_i9 <<= (var_i10 & 31);
  var_i10 = 542976u;
  var_i9 += var_i10;
  var_p0 = var_i9;
  var_i9 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9) + 16u);
  var_p1 = var_i9;
  var_i10 = 6u;
  var_i9 -= var_i10;
  var_l7 = var_i9;
  var_i8 <<= (var_i9 & 31);
  var_i7 += var_i8;
  var_i8 = 1u;
  var_i7 -= var_i8;
  var_i8 = var_l7;
  var_i7 >>= (var_i8 & 31);
  var_l7 = var_i7;
  var_i7 = var_p0;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_l4;
  var_i9 = 511u;
  var_i8 &= var_i9;
  var_i9 = var_l7;
  var_i10 = 1u;
  var_i11 = var_l7;
  var_i9 = var_i11 ? var_i9 : var_i10;
  var_i10 = var_p1;
  var_i11 = 6u;
  var_i10 -= var_i11;
  var_i9 <<= (var_i10 & 31);
  var_i8 *= var_i9;
  var_j8 = (u64)(var_i8);
  var_i9 = var_l4;
  var_i10 = 9u;
  var_i9 >>= (var_i10 & 31);
  var_j9 = (u64)(var_i9);
  var_i10 = var_p1;
  var_i11 = 3u;
  var_i10 += var_i11;
  var_j10 = (u64)(var_i10);
  var_j9 <<= (var_j10 & 63);
  var_j8 += var_j9;
  var_j7 += var_j8;
  var_j8 = var_p2;
  var_i9 = var_p3;
  var_j9 = (u64)(var_i9);
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_i1 = var_l6;
  var_i2 = var_l4;
  var_i3 = var_l5;
  var_i4 = 12u;
  var_i3 <<= (var_i4 & 31);
  var_i4 = 4738304u;
  var_i3 += var_i4;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 56u);
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f62(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l1 = var_i0;
  var_i1 = 4100u;
  var_i0 &= var_i1;
  var_i1 = 4096u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
      var_l1 = var_i0;
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
        var_l1 = var_i0;
        if (var_i0) {
          var_i0 = var_l1;
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21511424u;
          var_i0 += var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      var_l1 = var_i0;
      if (var_i0) {
        var_i0 = var_l1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = 3u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = w2c_core_f40(instance, var_i0);
    } else {
      var_i0 = 1u;
    }
  } else {
    var_i0 = 0u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 4294959103u;
    var_i1 &= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l1 = var_i0;
  var_i1 = 3584u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l1;
    w2c_core_f41(instance, var_i0, var_i1);
  }
  var_i0 = var_p0;
  w2c_core_f37(instance, var_i0);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967228u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 8448u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738752u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f63(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5) {
  u64 var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j1, var_j2, var_j3, var_j4;
  var_i0 = var_p1;
  var_i1 = 4294967295u;
  var_i2 = var_p2;
  var_j2 = (u64)(var_i2);
  var_i3 = var_p4;
  var_j3 = (u64)(s64)(s32)(var_i3);
  var_i4 = var_p3;
  var_i5 = 1u;
  var_i4 += var_i5;
  var_j4 = (u64)(var_i4);
  var_j3 *= var_j4;
  var_j2 += var_j3;
  var_l6 = var_j2;
  var_i2 = (u32)(var_j2);
  var_j3 = var_l6;
  var_j4 = 0ull;
  var_i3 = (u64)((s64)var_j3 < (s64)var_j4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p1;
  var_i1 = var_p4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 1u;
    var_i2 = var_p3;
    var_i3 = var_p3;
    var_i4 = 1u;
    var_i3 = var_i3 <= var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  }
  var_i0 = var_p1;
  var_i1 = var_p3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p3;
  var_i2 = 2u;
  var_i1 = var_i1 >= var_i2;
  var_i2 = 0u;
  var_i3 = var_p5;
  var_i1 = var_i3 ? var_i1 : var_i2;
  if (var_i1) {
    var_i1 = var_p2;
    var_i2 = 1u;
    var_i1 += var_i2;
    var_i2 = var_p3;
    var_i3 = 1u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
  } else {
    var_i1 = 0u;
  }
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = 65700u;
  var_i1 = var_p3;
  var_i2 = 0u;
  var_i3 = var_p4;
  var_i4 = 1u;
  var_i3 = var_i3 == var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p3;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738640u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i1 = var_p0;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_p3;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f64(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = 5u;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_i2 = var_p1;
  var_i3 = 1u;
  var_i4 = 0u;
  var_i5 = var_p2;
  var_i6 = var_p3;
  w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f65(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_L0: 
    var_i0 = var_p1;
    var_i1 = var_p2;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l3 = var_i0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      } else {
        var_i0 = 1u;
      }
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_l3;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 32u;
        var_i0 &= var_i1;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l3;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l3;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 4u;
          var_i0 &= var_i1;
        }
        if (var_i0) {
          var_i0 = 65648u;
          var_i1 = 1u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = 66096u;
          var_i1 = var_l3;
          w2c_core_f17(instance, var_i0, var_i1);
        } else {
          var_i0 = var_l3;
          var_i1 = var_l3;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 4294967167u;
          var_i1 &= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          var_i0 = var_l3;
          var_i1 = 4u;
          w2c_core_f7(instance, var_i0, var_i1);
        }
      }
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p1 = var_i0;
      goto var_L0;
    }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f66(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4) {
  u32 var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0, var_l10 = 0, var_l11 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j7, var_j8, var_j9;
  var_i0 = var_p2;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 65612u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l7 = var_i0;
  var_i0 = 64u;
  var_i1 = var_p2;
  var_i2 = var_p2;
  var_i3 = 64u;
  var_i2 = var_i2 >= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l6 = var_i0;
  var_i1 = 65632u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 <= var_i1;
  if (var_i0) {
    var_i0 = 538752u;
    var_i1 = var_l6;
    var_i2 = var_l7;
    var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
    var_l5 = var_i0;
    var_i0 = var_l6;
    var_i1 = 66668u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_l5;
      var_i1 = var_l6;
      var_i0 = w2c_core_f53(instance, var_i0, var_i1);
      goto var_B1;
    }
  }
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l5;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l5 = var_i0;
  }
  var_i0 = var_l6;
  var_i1 = var_l5;
  var_i2 = 65592u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 65612u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  var_i3 = 65628u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_l8 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l5;
  var_i4 = var_l8;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = 65628u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l6;
    var_i0 = var_i0 < var_i1;
  }
  if (var_i0) {
    var_i0 = var_l6;
    var_i0 = w2c_core_f36(instance, var_i0);
    goto var_B1;
  }
  var_i0 = 538624u;
  var_i1 = var_l6;
  var_i2 = var_l7;
  var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
  var_i1 = var_l6;
  var_i2 = 66668u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 = var_i1 > var_i2;
  if (var_i1) {
    var_i1 = var_l6;
    var_i1 = w2c_core_f36(instance, var_i1);
    var_i0 = var_i1; goto var_B1;
  }
  var_i1 = var_l6;
  var_i0 = w2c_core_f53(instance, var_i0, var_i1);
  var_B1:;
  var_l6 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 66668u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  var_i1 = 64u;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = var_p2;
    var_l5 = var_i0;
  }
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p2 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p2;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_p2 = var_i0;
  }
  var_i0 = var_p2;
  var_i1 = 65592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 65612u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 += var_i2;
  var_i2 = 65628u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l7 = var_i1;
  var_i0 -= var_i1;
  var_i1 = 0u;
  var_i2 = var_p2;
  var_i3 = var_l7;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = var_l5;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = var_l6;
    var_i1 = var_l5;
    w2c_core_f98(instance, var_i0, var_i1);
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 65592u;
  var_i1 = 65592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_l5;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65612u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 += var_i1;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_p2 = var_i0;
  var_i1 = 65596u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 65596u;
    var_i1 = var_p2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l5;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l9 = var_j1;
  var_j0 <<= (var_j1 & 63);
  var_l10 = var_j0;
  var_i0 = var_p3;
  var_j0 = (u64)(var_i0);
  var_j1 = var_l9;
  var_j0 <<= (var_j1 & 63);
  var_l9 = var_j0;
  var_i0 = 22u;
  var_i1 = 0u;
  var_i2 = 1u;
  var_i3 = var_p0;
  var_i4 = var_p1;
  var_i5 = var_l5;
  var_i6 = var_l6;
  var_i7 = var_p0;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
  if (var_i7) {
    var_i7 = var_p0;
    var_i8 = var_p1;
    var_j7 = w2c_core_f8(instance, var_i7, var_i8);
    goto var_B13;
  }
  var_i7 = var_p0;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_p2 = var_i7;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
  if (var_i7) {
    var_i7 = var_p2;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
    var_i8 = var_p2;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
    var_i9 = 9u;
    var_i8 >>= (var_i9 & 31);
    var_i9 = var_p1;
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i8 += var_i9;
    var_i9 = 2u;
    var_i8 <<= (var_i9 & 31);
    var_i7 += var_i8;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j8 = 21ull;
    var_j7 <<= (var_j8 & 63);
    var_i8 = var_p1;
    var_i9 = 511u;
    var_i8 &= var_i9;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 |= var_j8;
    goto var_B13;
  }
  var_i7 = var_p0;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_p1;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_B13:;
  var_j8 = var_l9;
  var_j9 = var_l10;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_p1 = var_i0;
  var_i1 = var_p0;
  var_i2 = 12u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 4738304u;
  var_i1 += var_i2;
  var_p0 = var_i1;
  var_i2 = var_p4;
  var_i1 += var_i2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 56u);
  if (var_i1) {
    var_j1 = var_l10;
  } else {
    var_i1 = var_p0;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 184u);
    var_l11 = var_j1;
    var_j2 = var_l9;
    var_i1 = var_j1 <= var_j2;
    if (var_i1) {
      var_j1 = 0ull;
    } else {
      var_j1 = var_l10;
      var_j2 = var_l11;
      var_j3 = var_l9;
      var_j2 -= var_j3;
      var_l9 = var_j2;
      var_j3 = var_l9;
      var_j4 = var_l10;
      var_i3 = var_j3 > var_j4;
      var_j1 = var_i3 ? var_j1 : var_j2;
    }
  }
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_j1);
  var_i0 = var_l5;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f67(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9, var_j10;
  var_i0 = 65568u;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65944u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_j0 < var_j1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 65632u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l1 = var_i1;
  var_i2 = var_p0;
  var_i3 = var_l1;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p0 = var_i0;
  var_L1: 
    var_i0 = var_p0;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 32u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 32u;
      var_i1 = var_p0;
      var_i2 = var_p0;
      var_i3 = 32u;
      var_i2 = var_i2 >= var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i0 = w2c_core_f36(instance, var_i0);
      var_l1 = var_i0;
      var_i1 = 4294967295u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        goto var_Bfunc;
      }
      var_i0 = 15u;
      var_i1 = 0u;
      var_i2 = 16u;
      var_i3 = 0u;
      var_i4 = 0u;
      var_i5 = 66668u;
      var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
      var_l2 = var_i5;
      var_i6 = var_l1;
      var_i7 = 65576u;
      var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
      var_i8 = 65616u;
      var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
      var_i9 = var_l1;
      var_i10 = 65584u;
      var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
      var_i9 <<= (var_i10 & 31);
      var_i8 += var_i9;
      var_j8 = (u64)(var_i8);
      var_j7 += var_j8;
      var_j8 = 0ull;
      var_i9 = var_l2;
      var_j9 = (u64)(var_i9);
      var_i10 = 65584u;
      var_j10 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
      var_j9 <<= (var_j10 & 63);
      var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
      var_i0 = var_p0;
      var_i1 = var_l2;
      var_i0 -= var_i1;
      var_p0 = var_i0;
      goto var_L1;
    }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f68(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u64 var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9;
  var_i0 = var_p3;
  var_i1 = var_p2;
  var_i0 -= var_i1;
  var_p3 = var_i0;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l4 = var_j0;
  var_i0 = var_p0;
  var_i1 = 0u;
  var_i2 = 14u;
  var_i3 = var_p1;
  var_i4 = var_p2;
  var_i5 = var_p3;
  var_i6 = 0u;
  var_i7 = var_p1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
  if (var_i7) {
    var_i7 = var_p1;
    var_i8 = var_p2;
    var_j7 = w2c_core_f8(instance, var_i7, var_i8);
    goto var_B0;
  }
  var_i7 = var_p1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_p0 = var_i7;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
  if (var_i7) {
    var_i7 = var_p0;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
    var_i8 = var_p0;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
    var_i9 = 9u;
    var_i8 >>= (var_i9 & 31);
    var_i9 = var_p2;
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i8 += var_i9;
    var_i9 = 2u;
    var_i8 <<= (var_i9 & 31);
    var_i7 += var_i8;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j8 = 21ull;
    var_j7 <<= (var_j8 & 63);
    var_i8 = var_p2;
    var_i9 = 511u;
    var_i8 &= var_i9;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 |= var_j8;
    goto var_B0;
  }
  var_i7 = var_p1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_p2;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_B0:;
  var_j8 = 0ull;
  var_j9 = var_l4;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f69(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65756u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = 65756u;
    var_i1 = 65744u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_l1;
    var_i3 = 1u;
    var_i2 -= var_i3;
    var_l1 = var_i2;
    var_i3 = 11u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_l1;
    var_i3 = 2047u;
    var_i2 &= var_i3;
    var_i3 = 3u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  } else {
    var_i0 = 65752u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l1 = var_i0;
    var_i1 = 65748u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 >= var_i1;
    if (var_i0) {
      var_i0 = 4294967295u;
      goto var_Bfunc;
    }
    var_i0 = var_l1;
    var_i1 = 2047u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = w2c_core_f29(instance);
      var_l2 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = 4294967295u;
        goto var_Bfunc;
      }
      var_i0 = 65744u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l1;
      var_i2 = 11u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_l2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = 65752u;
    var_i1 = var_l1;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l1;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l1;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l1;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l1;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f70(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2432u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_l1;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f71(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 9u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 21634304u;
  var_i0 = var_i0 < var_i1;
  var_i1 = 0u;
  var_i2 = var_l2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f72(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65684u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 65684u;
    var_i1 = var_l2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68608u;
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_B0;
  }
  var_i0 = 0u;
  var_l2 = var_i0;
  var_i0 = 65668u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_i1 = 65664u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_i1 = 16384u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {goto var_B0;}
  var_i0 = 65680u;
  var_i1 = 65680u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65668u;
  var_i1 = var_l4;
  var_i2 = 16384u;
  var_i1 -= var_i2;
  var_l2 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_B0:;
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 4294967295u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l2;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2784u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p1;
  var_i1 = 9u;
  var_i0 <<= (var_i1 & 31);
  var_l4 = var_i0;
  var_i0 = var_l2;
  var_i1 = 0u;
  var_i2 = 16384u;
  memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
  var_i0 = 65784u;
  var_i1 = 65784u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_L4: 
    var_i0 = var_l3;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = var_l3;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_p0;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6, var_i1);
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L4;
    }
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  w2c_core_f223(instance, var_i0, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l2;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f73(w2c_core* instance, u32 var_p0, u64 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 1u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  }
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_l5 = var_i0;
  var_i0 = var_l2;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_l6 = var_i0;
  var_i0 = 65584u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_j0 = var_p1;
  var_i1 = var_l2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_l9 = var_j1;
  var_i0 = var_j0 < var_j1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_j0 = var_p1;
    var_j1 = var_l9;
    var_j0 -= var_j1;
    var_i1 = var_l6;
    var_j1 = (u64)(var_i1);
    var_i2 = var_l4;
    var_j2 = (u64)(var_i2);
    var_j1 <<= (var_j2 & 63);
    var_i0 = var_j0 >= var_j1;
  }
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = 66664u;
    var_j1 = var_p1;
    var_j2 = var_l9;
    var_j1 -= var_j2;
    var_i2 = var_l4;
    var_j2 = (u64)(var_i2);
    var_j1 >>= (var_j2 & 63);
    i64_store32_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = var_l5;
    if (var_i0) {
      var_i0 = 66664u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l7 = var_i0;
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      var_l8 = var_i0;
      var_L7: 
        var_i0 = var_l3;
        var_i1 = var_l8;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4741504u;
          var_i0 += var_i1;
          var_i1 = var_l3;
          var_i2 = 4u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_l2 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_l6 = var_i0;
          var_i1 = var_l7;
          var_i0 = var_i0 <= var_i1;
          if (var_i0) {
            var_i0 = var_l2;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
            var_i1 = var_l7;
            var_i2 = var_l6;
            var_i1 -= var_i2;
            var_i0 = var_i0 > var_i1;
          } else {
            var_i0 = 0u;
          }
          if (var_i0) {goto var_B6;}
          var_i0 = var_l3;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l3 = var_i0;
          goto var_L7;
        }
      var_i0 = 0u;
      var_l2 = var_i0;
      var_B6:;
    } else {
      var_i0 = 0u;
      var_l2 = var_i0;
    }
    var_i0 = var_l2;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 1u;
      goto var_Bfunc;
    }
  }
  var_i0 = 0u;
  var_l3 = var_i0;
  var_L11: 
    var_i0 = var_l3;
    var_i1 = var_l5;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4741504u;
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i2 = 4u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l9 = var_j0;
      var_i0 = var_l2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_l6 = var_i0;
      var_j0 = var_p1;
      var_j1 = var_l9;
      var_i0 = var_j0 < var_j1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_j0 = var_p1;
        var_j1 = var_l9;
        var_j0 -= var_j1;
        var_i1 = var_l6;
        var_j1 = (u64)(var_i1);
        var_i2 = var_l4;
        var_j2 = (u64)(var_i2);
        var_j1 <<= (var_j2 & 63);
        var_i0 = var_j0 >= var_j1;
      }
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = 66664u;
        var_j1 = var_p1;
        var_j2 = var_l9;
        var_j1 -= var_j2;
        var_i2 = var_l4;
        var_j2 = (u64)(var_i2);
        var_j1 >>= (var_j2 & 63);
        i64_store32_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
        var_i0 = 1u;
      }
      if (var_i0) {
        var_i0 = 66664u;
        var_i1 = 66664u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = var_l2;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = 1u;
        goto var_Bfunc;
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L11;
    }
  var_i0 = 0u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f74(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u64 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l8 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_l5 = var_i0;
  var_L0: 
    var_i0 = var_l5;
    var_i1 = var_l6;
    var_i0 = var_i0 > var_i1;
    var_j1 = var_p3;
    var_j2 = 9223372036854775808ull;
    var_i1 = var_j1 == var_j2;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4741504u;
      var_i0 += var_i1;
      var_i1 = var_l6;
      var_i2 = 4u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_j1 = 9223372036854775808ull;
      var_i0 = var_j0 != var_j1;
      if (var_i0) {goto var_B2;}
      var_i0 = var_l4;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_l7 = var_i0;
      var_i1 = var_p1;
      var_i2 = var_p2;
      var_i1 += var_i2;
      var_i0 = var_i0 != var_i1;
      var_i1 = var_l4;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
      var_l9 = var_i1;
      var_i2 = var_l7;
      var_i1 += var_i2;
      var_i2 = var_p1;
      var_i1 = var_i1 != var_i2;
      var_i0 &= var_i1;
      if (var_i0) {goto var_B2;}
      var_i0 = var_l4;
      var_i1 = var_l7;
      var_i2 = var_p1;
      var_i3 = var_p1;
      var_i4 = var_l7;
      var_i3 = var_i3 > var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
      var_i0 = var_l4;
      var_i1 = var_p2;
      var_i2 = var_l9;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
      goto var_Bfunc;
      var_B2:;
      var_i0 = var_l6;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      goto var_L0;
    }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4741504u;
  var_i0 += var_i1;
  var_i1 = var_l5;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_j1 = var_p3;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_l8;
  var_i1 = var_l5;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u64 w2c_core_f75(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
  var_l2 = var_i0;
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_i1 = 1u;
  var_i2 = var_p0;
  var_i3 = 12u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 4738304u;
  var_i2 += var_i3;
  var_p0 = var_i2;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 44u);
  var_i3 = 10u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 542976u;
  var_i2 += var_i3;
  var_p1 = var_i2;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
  var_l3 = var_i2;
  var_i3 = 6u;
  var_i2 -= var_i3;
  var_l4 = var_i2;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = var_l4;
  var_i0 >>= (var_i1 & 31);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = 65744u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 11u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 2047u;
    var_i1 &= var_i2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l2 = var_i0;
  }
  var_i0 = var_p1;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i1 = var_l2;
  var_i2 = 511u;
  var_i1 &= var_i2;
  var_i2 = var_l4;
  var_i3 = 1u;
  var_i4 = var_l4;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = var_l3;
  var_i4 = 6u;
  var_i3 -= var_i4;
  var_i2 <<= (var_i3 & 31);
  var_i1 *= var_i2;
  var_j1 = (u64)(var_i1);
  var_i2 = var_l2;
  var_i3 = 9u;
  var_i2 >>= (var_i3 & 31);
  var_j2 = (u64)(var_i2);
  var_i3 = var_l3;
  var_i4 = 3u;
  var_i3 += var_i4;
  var_j3 = (u64)(var_i3);
  var_j2 <<= (var_j3 & 63);
  var_j1 += var_j2;
  var_j0 += var_j1;
  FUNC_EPILOGUE;
  return var_j0;
}

static void w2c_core_f76(w2c_core* instance, u32 var_p0) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  w2c_core_f37(instance, var_i0);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967294u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967293u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294967231u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4294959103u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 256u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 7u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 13u;
    w2c_core_f7(instance, var_i0, var_i1);
  }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f77(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, 
      var_l10 = 0, var_l11 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j3;
  var_i0 = 1u;
  var_i1 = 65772u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  var_i2 = 1u;
  var_i3 = 65768u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 <<= (var_i3 & 31);
  var_l4 = var_i2;
  var_i3 = var_l4;
  var_i4 = 3u;
  var_i3 >>= (var_i4 & 31);
  var_i2 -= var_i3;
  var_i1 = var_i1 < var_i2;
  var_i2 = var_l2;
  var_i3 = var_l4;
  var_i4 = 1u;
  var_i3 >>= (var_i4 & 31);
  var_i2 = var_i2 < var_i3;
  if (var_i2) {
    var_i2 = 1u;
  } else {
    var_i2 = 65740u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l7 = var_i2;
    var_i2 = 65768u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l8 = var_i2;
    var_i3 = 26u;
    var_i2 = var_i2 < var_i3;
    if (var_i2) {
      var_i2 = var_l8;
      var_i3 = 2u;
      var_i2 += var_i3;
      var_i2 = w2c_core_f22(instance, var_i2);
    } else {
      var_i2 = 0u;
    }
    var_l2 = var_i2;
    if (var_i2) {
      var_i2 = 65740u;
      var_i3 = var_l2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
      var_i2 = 65768u;
      var_i3 = var_l8;
      var_i4 = 1u;
      var_i3 += var_i4;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
      var_L3: 
        var_i2 = var_l3;
        var_i3 = 1u;
        var_i4 = var_l8;
        var_i3 <<= (var_i4 & 31);
        var_i2 = var_i2 < var_i3;
        if (var_i2) {
          var_i2 = var_l7;
          var_i3 = var_l3;
          var_i4 = 3u;
          var_i3 <<= (var_i4 & 31);
          var_i2 += var_i3;
          var_l9 = var_i2;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
          var_l2 = var_i2;
          if (var_i2) {
            var_i2 = 1u;
            var_i3 = 65768u;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            var_l5 = var_i3;
            var_i2 <<= (var_i3 & 31);
            var_i3 = 1u;
            var_i2 -= var_i3;
            var_l10 = var_i2;
            var_i2 = var_l9;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_l11 = var_i2;
            var_i3 = var_l2;
            var_i4 = 20u;
            var_i3 >>= (var_i4 & 31);
            var_l4 = var_i3;
            var_i4 = 2654435761u;
            var_i3 *= var_i4;
            var_i2 += var_i3;
            var_i3 = 2654435761u;
            var_i2 *= var_i3;
            var_i3 = 32u;
            var_i4 = var_l5;
            var_i3 -= var_i4;
            var_i2 >>= (var_i3 & 31);
            var_l2 = var_i2;
            var_L6: 
              var_i2 = 65740u;
              var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
              var_i3 = var_l2;
              var_i4 = 3u;
              var_i3 <<= (var_i4 & 31);
              var_i2 += var_i3;
              var_l5 = var_i2;
              var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
              var_l6 = var_i2;
              if (var_i2) {
                var_i2 = var_l6;
                var_i3 = 20u;
                var_i2 >>= (var_i3 & 31);
                var_i3 = var_l4;
                var_i2 = var_i2 == var_i3;
                var_i3 = var_l5;
                var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
                var_i4 = var_l11;
                var_i3 = var_i3 == var_i4;
                var_i2 &= var_i3;
              } else {
                var_i2 = 1u;
              }
              var_i2 = !(var_i2);
              if (var_i2) {
                var_i2 = var_l2;
                var_i3 = 1u;
                var_i2 += var_i3;
                var_i3 = var_l10;
                var_i2 &= var_i3;
                var_l2 = var_i2;
                goto var_L6;
              }
            var_i2 = 65740u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_i3 = var_l2;
            var_i4 = 3u;
            var_i3 <<= (var_i4 & 31);
            var_i2 += var_i3;
            var_i3 = var_l9;
            var_j3 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_j3);
          }
          var_i2 = var_l3;
          var_i3 = 1u;
          var_i2 += var_i3;
          var_l3 = var_i2;
          goto var_L3;
        }
      var_i2 = var_l7;
      var_i3 = 0u;
      var_i4 = 8u;
      var_i5 = var_l8;
      var_i4 <<= (var_i5 & 31);
      memory_fill(instance->w2c_env_memory, var_i2, var_i3, var_i4);
      var_i2 = var_l7;
      var_i3 = var_l8;
      var_i4 = 2u;
      var_i3 <<= (var_i4 & 31);
      var_i4 = 66180u;
      var_i3 += var_i4;
      var_l2 = var_i3;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
      var_i2 = var_l2;
      var_i3 = var_l7;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i2), var_i3);
      var_i2 = 1u;
    } else {
      var_i2 = 0u;
    }
  }
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 4294967295u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 176u);
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_l2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
    var_i2 = var_l3;
    var_i3 = 1u;
    var_i2 -= var_i3;
    var_l3 = var_i2;
    var_i3 = var_l2;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 16u);
    var_i4 = 9u;
    var_i3 >>= (var_i4 & 31);
    var_i2 += var_i3;
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 176, var_i1);
  } else {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    var_l3 = var_i0;
    var_i1 = 1048575u;
    var_i0 = var_i0 >= var_i1;
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
      var_i1 = 9u;
      var_i0 >>= (var_i1 & 31);
      var_l5 = var_i0;
      var_i1 = var_l3;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 0u;
        var_i1 = var_l5;
        var_i2 = 1048575u;
        var_i1 = var_i1 > var_i2;
        if (var_i1) {goto var_B13;}
        var_i0 = var_l4;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
        var_l6 = var_i0;
        var_i0 = 0u;
        var_i1 = var_l5;
        var_i2 = 1u;
        var_i1 <<= (var_i2 & 31);
        var_i1 = I32_CTZ(var_i1);
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i1 = w2c_core_f22(instance, var_i1);
        var_l7 = var_i1;
        var_i1 = !(var_i1);
        if (var_i1) {goto var_B13;}
        var_i0 = var_l7;
        var_i1 = var_l6;
        var_i2 = var_l5;
        var_i3 = 2u;
        var_i2 <<= (var_i3 & 31);
        var_l8 = var_i2;
        memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
        var_i0 = var_l5;
        var_i1 = 3u;
        var_i0 <<= (var_i1 & 31);
        var_l9 = var_i0;
        var_i1 = var_l7;
        var_i0 += var_i1;
        var_i1 = var_l6;
        var_i2 = var_l8;
        var_i1 += var_i2;
        var_i2 = var_l8;
        memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
        var_i0 = var_l4;
        var_i1 = var_l7;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
        var_i0 = var_l4;
        var_i1 = var_l5;
        var_i2 = 10u;
        var_i1 <<= (var_i2 & 31);
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
        var_i0 = var_l6;
        var_i1 = 0u;
        var_i2 = var_l9;
        memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
        var_i0 = var_l6;
        var_i1 = var_l5;
        var_i1 = I32_CTZ(var_i1);
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 66180u;
        var_i1 += var_i2;
        var_l4 = var_i1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l4;
        var_i1 = var_l6;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = 1u;
        var_B13:;
      } else {
        var_i0 = 1u;
      }
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 4294967295u;
      goto var_Bfunc;
    }
    var_i0 = var_l2;
    var_i1 = var_l3;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
  }
  var_i0 = 1u;
  var_i1 = 65768u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l4 = var_i0;
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i2 = 2654435761u;
  var_i1 *= var_i2;
  var_i0 += var_i1;
  var_i1 = 2654435761u;
  var_i0 *= var_i1;
  var_i1 = 32u;
  var_i2 = var_l2;
  var_i1 -= var_i2;
  var_i0 >>= (var_i1 & 31);
  var_l2 = var_i0;
  var_L15: 
    var_i0 = 65740u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l5 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_l6 = var_i0;
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = 20u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = var_p0;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l5;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_p1;
      var_i1 = var_i1 == var_i2;
      var_i0 &= var_i1;
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l4;
      var_i0 &= var_i1;
      var_l2 = var_i0;
      goto var_L15;
    }
  var_i0 = 65740u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  if (var_i0) {
    var_i0 = 3392u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l2;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l2;
  var_i1 = var_l3;
  var_i2 = 1u;
  var_i1 += var_i2;
  var_i2 = var_p0;
  var_i3 = 20u;
  var_i2 <<= (var_i3 & 31);
  var_i1 |= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = 65772u;
  var_i1 = 65772u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_l3;
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
  var_i3 = 9u;
  var_i2 >>= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l3;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f78(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f133(instance, var_i0);
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l1 = var_i0;
  var_i1 = 2u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_l1;
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f79(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l3 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = var_l2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
    var_i0 = var_i0 < var_i1;
  } else {
    var_i0 = var_l4;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_p1;
    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
    goto var_Bfunc;
  }
  var_i0 = var_l3;
  var_i1 = var_p1;
  var_i0 = w2c_core_f12(instance, var_i0, var_i1);
  var_l2 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_l3 = var_i0;
    var_i1 = 6u;
    var_i0 = var_i0 == var_i1;
    var_i1 = 1u;
    var_i2 = var_l3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 5u;
      var_i0 = var_i0 == var_i1;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 5u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
      var_i0 = var_p0;
      var_i1 = var_p1;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
      var_i0 = var_p0;
      var_i1 = 4u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
      var_i0 = var_p0;
      var_i1 = 0u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
    }
  }
  var_i0 = var_l2;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f80(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j1, var_j2, var_j5, var_j6;
  var_i0 = var_p0;
  var_i1 = 1u;
  var_i0 = w2c_core_f59(instance, var_i0, var_i1);
  var_l3 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l4 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_l6 = var_i0;
  var_i1 = 4738672u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i1 = var_l5;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_l6;
  var_i1 = 4738688u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i1 = var_l5;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_l2;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i1 = 9u;
  var_i2 = var_p1;
  var_i3 = var_l3;
  var_i4 = 1u;
  var_i5 = var_l4;
  var_i6 = var_p1;
  var_j5 = w2c_core_f75(instance, var_i5, var_i6);
  var_i6 = var_l2;
  var_j6 = (u64)(var_i6);
  w2c_core_f57(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_j5, var_j6);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f81(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 76u);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 72u);
    var_i2 = var_l2;
    var_i1 += var_i2;
    var_i0 = var_i0 == var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p1;
    var_i1 = 511u;
    var_i0 &= var_i1;
    var_i1 = 1u;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
    var_i3 = 12u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 4738304u;
    var_i2 += var_i3;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 76u);
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 76, var_i1);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  w2c_core_f58(instance, var_i0);
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 72, var_i1);
  var_i0 = var_p0;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 76, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f82(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l2 = var_i0;
  var_i0 = var_p0;
  w2c_core_f122(instance, var_i0);
  var_i0 = var_l2;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_p0 = var_i0;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 1u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_l1 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
    var_l3 = var_i0;
    var_i0 = var_l1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    var_p0 = var_i0;
    var_i0 = var_l1;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 176, var_i1);
    var_L4: 
      var_i0 = var_p0;
      var_l1 = var_i0;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_p0 = var_i0;
      var_i0 = var_l1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = var_p0;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l2;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_l1 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
          var_i1 = var_p0;
          var_i2 = var_l1;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
          var_i3 = 9u;
          var_i2 >>= (var_i3 & 31);
          var_i1 += var_i2;
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i1 = var_l1;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 176u);
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = var_l1;
          var_i1 = var_p0;
          var_i2 = 1u;
          var_i1 += var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 176, var_i1);
        }
        goto var_L4;
      }
  }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f83(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l8 = 0, var_l9 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j2, var_j3, var_j4, var_j5;
  var_i0 = var_p1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  var_i0 = var_p1;
  if (var_i0) {
    var_i0 = 76u;
    var_i1 = var_l5;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 1u;
    var_i0 &= var_i1;
    var_i1 = var_p1;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 1536u;
    var_i1 &= var_i2;
    var_i2 = 1536u;
    var_i1 = var_i1 == var_i2;
    var_i0 &= var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p3;
    var_i0 = w2c_core_f55(instance, var_i0, var_i1, var_i2);
    goto var_Bfunc;
  }
  var_i0 = 76u;
  var_i1 = var_l5;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 4320u;
      var_i1 = 0u;
      var_i2 = 0u;
      var_i3 = 0u;
      w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
    }
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_l5;
  var_i1 = 5u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_l5;
  var_i2 = 4u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {goto var_B4;}
  var_i0 = var_l5;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 32u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    } else {
      var_i0 = 0u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 1u;
      goto var_Bfunc;
    }
    goto var_B4;
  }
  var_i0 = var_l5;
  var_i1 = 8u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_p1 = var_i0;
    var_i1 = 6u;
    var_i0 = var_i0 == var_i1;
    var_i1 = 1u;
    var_i2 = var_p1;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 5u;
      var_i0 = var_i0 == var_i1;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 5u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
      var_i0 = var_p0;
      var_i1 = var_p2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
      var_i0 = var_p0;
      var_i1 = 1u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
      var_i0 = var_p0;
      var_i1 = 0u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
    }
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = var_p2;
  var_i0 = w2c_core_f39(instance, var_i0, var_i1, var_i2);
  if (var_i0) {
    var_i0 = var_p1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_p3 = var_i0;
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = var_p3;
      var_i2 = 4294966783u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_p0;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
      }
    }
    var_i0 = var_p0;
    var_i1 = var_p2;
    w2c_core_f38(instance, var_i0, var_i1);
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l6 = var_i0;
  var_i1 = 8192u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 7u;
    var_i1 = 0u;
    var_i2 = var_l6;
    var_i3 = 32768u;
    var_i2 &= var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l4 = var_i0;
    goto var_B14;
  }
  var_i0 = var_l6;
  var_i1 = 256u;
  var_i0 &= var_i1;
  if (var_i0) {goto var_B14;}
  var_i0 = var_l6;
  var_i1 = 1u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_l5;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
    var_l4 = var_i0;
    var_i1 = 1u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 3u;
    } else {
      var_i0 = 4u;
      var_i1 = 5u;
      var_i2 = var_l4;
      var_i3 = 2u;
      var_i2 = var_i2 == var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
    }
    var_l4 = var_i0;
    goto var_B14;
  }
  var_i0 = var_l5;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_l6 = var_i0;
  if (var_i0) {
    var_i0 = var_p2;
    var_i1 = var_l5;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
    var_i0 = var_i0 >= var_i1;
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {goto var_B14;}
  var_i0 = 1u;
  var_i1 = 2u;
  var_i2 = var_l6;
  var_i3 = 1u;
  var_i2 = var_i2 == var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l4 = var_i0;
  var_B14:;
  var_i0 = var_l4;
  var_i1 = 3u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i0 = w2c_core_f80(instance, var_i0, var_i1);
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    goto var_Bfunc;
  }
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l4 = var_i0;
  }
  var_i0 = 65632u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l4;
  var_i2 = 65612u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l5 = var_i2;
  var_i3 = 65592u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  var_i3 = 65628u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_l6 = var_i3;
  var_i2 -= var_i3;
  var_l7 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l4;
  var_i4 = var_l7;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l4 = var_i1;
  var_i2 = var_l6;
  var_i3 = var_l4;
  var_i4 = var_l6;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 += var_i1;
  var_i1 = 2u;
  var_i2 = 32u;
  var_i3 = var_l5;
  var_i4 = 3u;
  var_i3 >>= (var_i4 & 31);
  var_l4 = var_i3;
  var_i4 = var_l4;
  var_i5 = 32u;
  var_i4 = var_i4 > var_i5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l4 = var_i2;
  var_i3 = var_l4;
  var_i4 = 2u;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = 65700u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l4 = var_i2;
  var_i3 = var_l5;
  var_i4 = 2u;
  var_i3 >>= (var_i4 & 31);
  var_l5 = var_i3;
  var_i4 = var_l4;
  var_i5 = var_l5;
  var_i4 = var_i4 < var_i5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i1 += var_i2;
  var_l4 = var_i1;
  var_i2 = 65744u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  if (var_i2) {
    var_i2 = 4294967295u;
  } else {
    var_i2 = 65960u;
    var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l8 = var_j2;
    var_i3 = 65592u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i4 = 65612u;
    var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
    var_i3 += var_i4;
    var_i4 = 65628u;
    var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
    var_i3 -= var_i4;
    var_i4 = 65632u;
    var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
    var_i3 -= var_i4;
    var_j3 = (u64)(var_i3);
    var_l9 = var_j3;
    var_i2 = var_j2 > var_j3;
    if (var_i2) {
      var_j2 = 4294967295ull;
      var_j3 = var_l8;
      var_j4 = var_l9;
      var_j3 -= var_j4;
      var_l8 = var_j3;
      var_j4 = var_l8;
      var_j5 = 4294967295ull;
      var_i4 = var_j4 >= var_j5;
      var_j2 = var_i4 ? var_j2 : var_j3;
      var_i2 = (u32)(var_j2);
    } else {
      var_i2 = 0u;
    }
  }
  var_l5 = var_i2;
  var_i3 = var_l4;
  var_i4 = var_l5;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = 1u;
  var_i1 >>= (var_i2 & 31);
  var_i0 = var_i0 <= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 1u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 116, var_i1);
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 1u;
  var_l4 = var_i0;
  var_L24: 
    var_i0 = var_l4;
    var_i1 = 16u;
    var_i2 = var_p3;
    var_i3 = var_p3;
    var_i4 = 16u;
    var_i3 = var_i3 >= var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_l4;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_l6 = var_i1;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l5;
        var_i1 = 511u;
        var_i0 &= var_i1;
        var_i1 = 1u;
        var_i2 = var_l6;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
        var_i0 = var_i2 ? var_i0 : var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_i1 = var_l5;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
        var_l6 = var_i0;
        if (var_i0) {
          var_i0 = var_l6;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 512u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = var_l6;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
            var_l7 = var_i0;
            var_i0 = 65696u;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            if (var_i0) {
              var_i0 = var_l7;
              var_i1 = 12u;
              var_i0 <<= (var_i1 & 31);
              var_i1 = 4738304u;
              var_i0 += var_i1;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
              var_l7 = var_i0;
              if (var_i0) {
                var_i0 = var_l7;
                var_i1 = 24576u;
                var_i0 *= var_i1;
                var_i1 = 21511424u;
                var_i0 += var_i1;
              } else {
                var_i0 = 0u;
              }
            } else {
              var_i0 = 0u;
            }
            var_l7 = var_i0;
            if (var_i0) {
              var_i0 = var_l7;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
              var_i1 = 3u;
              var_i0 = var_i0 == var_i1;
            } else {
              var_i0 = 0u;
            }
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = var_l6;
          var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l7 = var_i0;
          var_i0 = !(var_i0);
          var_i1 = var_l7;
          var_i2 = 7u;
          var_i1 = var_i1 == var_i2;
          var_i0 |= var_i1;
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_l6;
          var_i2 = var_l5;
          var_i0 = w2c_core_f39(instance, var_i0, var_i1, var_i2);
        } else {
          var_i0 = 1u;
        }
      } else {
        var_i0 = 1u;
      }
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L24;
    }
  var_i0 = var_l4;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 52u);
  var_i0 += var_i1;
  var_i1 = 256u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = var_p2;
  var_i2 = var_p1;
  var_i3 = var_l4;
  var_i4 = 0u;
  var_i5 = 0u;
  var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  var_p3 = var_i0;
  var_i0 = 0u;
  var_p1 = var_i0;
  var_L37: 
    var_i0 = var_p1;
    var_i1 = var_p3;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 52u);
      var_l4 = var_i1;
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52, var_i1);
      var_i0 = var_p0;
      var_i1 = 23040u;
      var_i0 += var_i1;
      var_i1 = var_l4;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_p1;
      var_i2 = var_p2;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p1 = var_i0;
      goto var_L37;
    }
  var_i0 = var_p3;
  goto var_Bfunc;
  var_B4:;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f56(instance, var_i0, var_i1);
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f84(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1;
  var_i0 = var_p0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_l1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_p0 = var_i0;
  var_i0 = w2c_core_f112(instance, var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f111(instance, var_i0);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f85(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0, var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10, var_i11;
  u64 var_j0, var_j1, var_j2, var_j3, var_j7, var_j8, var_j9, var_j10, 
      var_j11;
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l2 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l7 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
  var_l5 = var_i0;
  var_j0 = 1ull;
  var_i1 = 65584u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l4 = var_i1;
  var_j1 = (u64)(var_i1);
  var_j0 <<= (var_j1 & 63);
  var_l10 = var_j0;
  var_i0 = var_p1;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_l8 = var_i0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
  var_l2 = var_i0;
  var_i0 = var_p1;
  var_i1 = 4u;
  var_i2 = var_p0;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = var_l8;
  var_i1 = var_l2;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
  var_i0 = var_l5;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l6;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
    var_i1 = 10u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 542976u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = 65576u;
      var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 65616u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i4 = var_p1;
      var_i5 = 65584u;
      var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
      var_i4 <<= (var_i5 & 31);
      var_i3 += var_i4;
      var_j3 = (u64)(var_i3);
      var_j2 += var_j3;
      var_j3 = var_l10;
      var_i3 = (u32)(var_j3);
      w2c_core_f61(instance, var_i0, var_i1, var_j2, var_i3);
      goto var_Bfunc;
    }
    var_i0 = 66624u;
    var_i1 = 66624u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_p0 = var_i1;
    var_i2 = 1u;
    var_i1 += var_i2;
    var_l2 = var_i1;
    var_i2 = 0u;
    var_i3 = 65624u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i4 = var_l2;
    var_i3 = var_i3 != var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 8u;
    var_i1 = 0u;
    var_i2 = 9u;
    var_i3 = var_l7;
    var_i4 = var_l3;
    var_i5 = 1u;
    var_i6 = var_p1;
    var_i7 = 65576u;
    var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_l9 = var_j7;
    var_i8 = 65620u;
    var_j8 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
    var_j7 += var_j8;
    var_i8 = var_p0;
    var_j8 = (u64)(var_i8);
    var_i9 = var_l4;
    var_j9 = (u64)(var_i9);
    var_j8 <<= (var_j9 & 63);
    var_j7 += var_j8;
    var_j8 = var_l9;
    var_i9 = 65616u;
    var_i9 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_i10 = var_p1;
    var_i11 = 65584u;
    var_i11 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i11));
    var_i10 <<= (var_i11 & 31);
    var_i9 += var_i10;
    var_j9 = (u64)(var_i9);
    var_j8 += var_j9;
    var_j9 = var_l10;
    var_j10 = var_l10;
    var_j11 = 5ull;
    var_j10 >>= (var_j11 & 63);
    var_j9 -= var_j10;
    var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
    goto var_Bfunc;
  }
  var_i0 = var_l7;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = 0u;
    var_i0 = w2c_core_f69(instance, var_i0);
    var_l2 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 497664u;
      var_i0 += var_i1;
      var_i1 = var_l2;
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
    }
  } else {
    var_i0 = var_l3;
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 28u;
    w2c_core_f32(instance, var_i0, var_i1, var_i2);
  } else {
    var_i0 = var_l5;
    var_i1 = 2u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 7u;
      var_i1 = 0u;
      var_i2 = 11u;
      var_i3 = var_l7;
      var_i4 = var_l3;
      var_i5 = 1u;
      var_i6 = var_p1;
      var_i7 = 65576u;
      var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
      var_i8 = 65616u;
      var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
      var_i9 = var_p1;
      var_i10 = 65584u;
      var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
      var_i9 <<= (var_i10 & 31);
      var_i8 += var_i9;
      var_j8 = (u64)(var_i8);
      var_j7 += var_j8;
      var_i8 = var_l2;
      var_j8 = (u64)(var_i8);
      var_i9 = var_l4;
      var_j9 = (u64)(var_i9);
      var_j8 <<= (var_j9 & 63);
      var_j9 = var_l10;
      var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
      var_i1 = var_l6;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 40u);
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
    } else {
      var_i0 = 3u;
      var_i1 = var_l7;
      var_i2 = var_l2;
      var_i3 = var_p1;
      var_i4 = var_p1;
      var_i5 = 5u;
      var_i4 <<= (var_i5 & 31);
      var_i5 = 497664u;
      var_i4 += var_i5;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 8u);
      var_i5 = 0u;
      var_i6 = 0u;
      w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f86(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l2 = var_i0;
  var_i0 = 66620u;
  var_i1 = 66620u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = 8u;
  w2c_core_f7(instance, var_i0, var_i1);
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_l2;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i1 = var_p1;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
  var_i0 = 66616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = 66612u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_p0;
    var_i1 += var_i2;
    var_i0 = var_i0 == var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 66616u;
    var_i1 = 66616u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_Bfunc;
  }
  w2c_core_f23(instance);
  var_i0 = 66612u;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66616u;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f87(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1;
  var_i0 = 65568u;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65704u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_j0 < var_j1;
  if (var_i0) {
    var_i0 = var_p0;
    var_l3 = var_i0;
    var_i0 = 66116u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_p0 = var_i0;
    var_L1: 
      var_i0 = var_p0;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_i1 = var_l3;
      var_i2 = var_l4;
      var_i1 = var_i1 > var_i2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_i1 = var_p0;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
        var_i2 = 5u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 497632u;
        var_i1 += var_i2;
        var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 1u);
        var_i2 = 4u;
        var_i1 &= var_i2;
        if (var_i1) {
          var_i1 = 1u;
        } else {
          var_i1 = var_p0;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 4096u;
          var_i1 &= var_i2;
          if (var_i1) {
            var_i1 = var_p0;
            var_i1 = w2c_core_f62(instance, var_i1);
          } else {
            var_i1 = 0u;
          }
        }
        if (var_i1) {
          var_i1 = 66112u;
          var_i2 = var_p0;
          w2c_core_f15(instance, var_i1, var_i2);
          var_i1 = var_p0;
          w2c_core_f43(instance, var_i1);
          var_i1 = var_l1;
          var_i2 = 1u;
          var_i1 += var_i2;
          var_l1 = var_i1;
        }
        var_p0 = var_i0;
        var_i0 = var_l4;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l4 = var_i0;
        goto var_L1;
      }
    goto var_Bfunc;
  }
  var_L6: 
    var_i0 = var_p0;
    var_i1 = var_l1;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 66620u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = 65568u;
        var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 65704u;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 = var_j0 < var_j1;
      } else {
        var_i0 = 1u;
      }
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = 4096u;
        var_i1 = 65556u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 65560u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_i0 -= var_i1;
        var_i1 = 1u;
        var_i0 = var_i0 > var_i1;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 66116u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l2 = var_i0;
      if (var_i0) {
        var_i0 = 66112u;
        var_i1 = var_l2;
        w2c_core_f15(instance, var_i0, var_i1);
      }
      var_i0 = var_l2;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l1 = var_i0;
        var_i0 = var_l2;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
        var_i1 = 5u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 497632u;
        var_i0 += var_i1;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
        var_i1 = 4u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l2;
          var_i0 = w2c_core_f62(instance, var_i0);
        }
        if (var_i0) {
          var_i0 = var_l2;
          w2c_core_f43(instance, var_i0);
        } else {
          var_i0 = var_l2;
          var_i1 = var_l2;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 4u;
          var_i1 &= var_i2;
          if (var_i1) {
            var_i1 = var_l2;
            var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 6u);
            var_l2 = var_i1;
            var_i1 = 65696u;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_l3 = var_i1;
            if (var_i1) {
              var_i1 = var_l3;
              if (var_i1) {
                var_i1 = var_l2;
                var_i2 = 12u;
                var_i1 <<= (var_i2 & 31);
                var_i2 = 4738304u;
                var_i1 += var_i2;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 192u);
                var_l2 = var_i1;
                if (var_i1) {
                  var_i1 = var_l2;
                  var_i2 = 24576u;
                  var_i1 *= var_i2;
                  var_i2 = 21511424u;
                  var_i1 += var_i2;
                } else {
                  var_i1 = 0u;
                }
              } else {
                var_i1 = 0u;
              }
              var_l2 = var_i1;
              if (var_i1) {
                var_i1 = var_l2;
                var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 112u);
              } else {
                var_i1 = 0u;
              }
            } else {
              var_i1 = 0u;
            }
          } else {
            var_i1 = 1u;
          }
          var_i1 = !(var_i1);
          w2c_core_f86(instance, var_i0, var_i1);
        }
        goto var_L6;
      }
    }
  w2c_core_f23(instance);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f88(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_l3 = var_i1;
  var_i2 = 4294959103u;
  var_i1 &= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_l3;
  var_i1 = 32768u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 180u);
    if (var_i0) {
      var_i0 = 65688u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_p0;
      var_i2 = 65672u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_p0 = var_i1;
      var_i2 = 14u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_p0;
      var_i2 = 16383u;
      var_i1 &= var_i2;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = 65556u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_p0 = var_i0;
      var_i1 = 65560u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 == var_i1;
      if (var_i0) {goto var_B2;}
      var_i0 = var_p0;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_i1 = 4095u;
      var_i0 &= var_i1;
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 366592u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 8u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
        var_i1 = var_l2;
        var_i0 = var_i0 != var_i1;
      }
      if (var_i0) {goto var_B2;}
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
      var_l4 = var_i0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {goto var_B2;}
      var_i0 = var_p0;
      var_i1 = var_l4;
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
      var_i0 = 1u;
      var_l1 = var_i0;
      var_B2:;
      var_i0 = var_l1;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = 8u;
        var_i1 = var_l2;
        var_i2 = var_l3;
        var_i3 = 0u;
        var_i4 = 1u;
        var_i5 = 0u;
        var_i6 = 0u;
        w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      }
    }
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738760u;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i1 = var_l1;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_l3;
  var_i1 = 4096u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 4294934527u;
    var_i1 &= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 128u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f89(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j1, var_j2;
  var_i0 = 65952u;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65936u;
  var_i1 = 65568u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 5000000ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_p1 = var_i0;
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l3 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l3;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = 65692u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_L1: 
      var_i0 = var_l2;
      var_i1 = 64u;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 6u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 538880u;
        var_i0 += var_i1;
        var_l4 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l4;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
          var_i1 = var_p1;
          var_i0 = var_i0 != var_i1;
        }
        if (var_i0) {goto var_B3;}
        var_i0 = var_l3;
        var_i1 = var_l4;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l3;
          var_i1 = var_l4;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i0 = var_i0 >= var_i1;
        }
        if (var_i0) {goto var_B3;}
        var_i0 = var_l4;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36u);
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l4;
          var_i1 = 65568u;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_j2 = 6ull;
          var_j1 >>= (var_j2 & 63);
          var_i1 = (u32)(var_j1);
          var_l4 = var_i1;
          var_i2 = 1u;
          var_i3 = var_l4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
        }
        var_B3:;
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        goto var_L1;
      }
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 4u;
    var_i0 &= var_i1;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 66128u;
  var_i1 = var_p0;
  w2c_core_f17(instance, var_i0, var_i1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f90(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = var_p2;
  var_i0 = !(var_i0);
  var_i1 = var_p1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_p1 = var_i1;
  var_i1 = !(var_i1);
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_p2 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 196u);
      var_i1 = 2u;
      var_i0 = var_i0 == var_i1;
    }
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_p0;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      }
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = 65588u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_p0 = var_i0;
        var_i1 = 4294967295u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_p0;
          var_j0 = (u64)(var_i0);
          var_i1 = 65960u;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 65612u;
          var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_j1 += var_j2;
          var_i0 = var_j0 >= var_j1;
        }
      }
    }
    if (var_i0) {
      var_i0 = 512u;
    } else {
      var_i0 = 128u;
      var_i1 = 65612u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 2u;
      var_i1 >>= (var_i2 & 31);
      var_p0 = var_i1;
      var_i2 = var_p0;
      var_i3 = 128u;
      var_i2 = var_i2 > var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_p0 = var_i0;
      var_i1 = 1u;
      var_i2 = var_p0;
      var_i0 = var_i2 ? var_i0 : var_i1;
    }
  } else {
    var_i0 = 16u;
    var_i1 = var_p0;
    var_i2 = 12u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 4738304u;
    var_i1 += var_i2;
    var_p2 = var_i1;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
    var_i2 = 1u;
    var_i1 = var_i1 != var_i2;
    if (var_i1) {
      var_i1 = 1u;
    } else {
      var_i1 = var_p2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 196u);
      var_i2 = 2u;
      var_i1 = var_i1 == var_i2;
    }
    if (var_i1) {
      var_i1 = 0u;
    } else {
      var_i1 = 65696u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      if (var_i1) {
        var_i1 = 1u;
      } else {
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 172u);
      }
      if (var_i1) {
        var_i1 = 0u;
      } else {
        var_i1 = 65588u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_p0 = var_i1;
        var_i2 = 4294967295u;
        var_i1 = var_i1 == var_i2;
        if (var_i1) {
          var_i1 = 1u;
        } else {
          var_i1 = var_p0;
          var_j1 = (u64)(var_i1);
          var_i2 = 65960u;
          var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i3 = 65612u;
          var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
          var_j2 += var_j3;
          var_i1 = var_j1 >= var_j2;
        }
      }
    }
    if (var_i1) {
      var_i1 = 512u;
    } else {
      var_i1 = 128u;
      var_i2 = 65612u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 2u;
      var_i2 >>= (var_i3 & 31);
      var_p0 = var_i2;
      var_i3 = var_p0;
      var_i4 = 128u;
      var_i3 = var_i3 > var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_p0 = var_i1;
      var_i2 = 1u;
      var_i3 = var_p0;
      var_i1 = var_i3 ? var_i1 : var_i2;
    }
    var_p0 = var_i1;
    var_i2 = var_p0;
    var_i3 = 16u;
    var_i2 = var_i2 > var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  var_p0 = var_i0;
  var_i1 = 4u;
  var_i2 = var_p1;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_p1 = var_i2;
  var_i3 = var_p1;
  var_i4 = 4u;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_p1 = var_i1;
  var_i2 = var_p0;
  var_i3 = var_p1;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f91(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 3u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_l2;
  var_i2 = 2u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f44(instance, var_i0);
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 4u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p1;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738576u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = 65600u;
  var_i1 = 65600u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f92(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l4 = var_i0;
  var_i1 = 4u;
  var_i0 &= var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l3 = var_i0;
  var_i0 = var_l4;
  var_i1 = 64u;
  var_i0 &= var_i1;
  var_i1 = 1u;
  var_i2 = var_p1;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = 3u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_l2;
  var_i2 = 2u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    if (var_i0) {
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = var_p1;
    if (var_i0) {
      var_i0 = 65568u;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65704u;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_j0 < var_j1;
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = w2c_core_f48(instance, var_i0);
    }
    var_i0 = var_p1;
    var_i0 = !(var_i0);
    var_p0 = var_i0;
    var_i1 = var_l3;
    var_i0 |= var_i1;
    var_i1 = var_p0;
    var_i0 &= var_i1;
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = 4u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 32u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = var_l3;
    var_i1 = var_p1;
    var_i1 = !(var_i1);
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = 1u;
      goto var_Bfunc;
    }
    var_i0 = var_p1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 497632u;
      var_i0 += var_i1;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
      var_i1 = 4u;
      var_i0 &= var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 4294967231u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = 1u;
      goto var_Bfunc;
    }
    var_i0 = 66620u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = 65568u;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65704u;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_j0 < var_j1;
    } else {
      var_i0 = 1u;
    }
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1u;
      var_i0 = var_i0 > var_i1;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 32u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = 66112u;
        var_i1 = var_p0;
        w2c_core_f15(instance, var_i0, var_i1);
      }
      var_i0 = var_p1;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_p1 = var_i0;
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 497632u;
      var_i0 += var_i1;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
      var_i1 = 4u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_p1;
        if (var_i0) {
          var_i0 = 0u;
        } else {
          var_i0 = var_p0;
          var_i0 = w2c_core_f62(instance, var_i0);
        }
      }
      if (var_i0) {
        var_i0 = var_p0;
        w2c_core_f43(instance, var_i0);
      } else {
        var_i0 = var_p0;
        var_i1 = var_p1;
        w2c_core_f86(instance, var_i0, var_i1);
      }
    }
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_i0 = !(var_i0);
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = 5u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_l2;
  var_i2 = 6u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i0 = !(var_i0);
    goto var_Bfunc;
  }
  var_i0 = var_p1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 4294967231u;
    var_i1 &= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f93(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0;
  u64 var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9;
  var_j0 = 1ull;
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l3 = var_j0;
  var_i0 = 4u;
  var_i1 = 0u;
  var_i2 = 14u;
  var_i3 = var_p0;
  var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 6u);
  var_l1 = var_i3;
  var_i4 = 65688u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p0;
  var_i6 = 65672u;
  var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
  var_i5 -= var_i6;
  var_p0 = var_i5;
  var_i6 = 14u;
  var_i5 >>= (var_i6 & 31);
  var_i6 = 3u;
  var_i5 <<= (var_i6 & 31);
  var_i4 += var_i5;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p0;
  var_i6 = 16383u;
  var_i5 &= var_i6;
  var_i6 = 5u;
  var_i5 >>= (var_i6 & 31);
  var_i4 += var_i5;
  var_p0 = var_i4;
  var_i5 = 1u;
  var_i6 = 0u;
  var_i7 = var_l1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
  if (var_i7) {
    var_i7 = var_l1;
    var_i8 = var_p0;
    var_j7 = w2c_core_f8(instance, var_i7, var_i8);
    goto var_B0;
  }
  var_i7 = var_l1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_l2 = var_i7;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
  if (var_i7) {
    var_i7 = var_l2;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
    var_i8 = var_l2;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
    var_i9 = 9u;
    var_i8 >>= (var_i9 & 31);
    var_i9 = var_p0;
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i8 += var_i9;
    var_i9 = 2u;
    var_i8 <<= (var_i9 & 31);
    var_i7 += var_i8;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j8 = 21ull;
    var_j7 <<= (var_j8 & 63);
    var_i8 = var_p0;
    var_i9 = 511u;
    var_i8 &= var_i9;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 |= var_j8;
    goto var_B0;
  }
  var_i7 = var_l1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_p0;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_B0:;
  var_j8 = 0ull;
  var_j9 = var_l3;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  FUNC_EPILOGUE;
}

static void w2c_core_f94(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 1u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_i0 = var_i0 != var_i1;
  }
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 32u;
    var_i0 &= var_i1;
  }
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
    }
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_i1 = 2u;
  var_i0 = var_i0 == var_i1;
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 256u;
    var_i0 &= var_i1;
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l4 = var_i0;
  }
  var_i0 = var_l4;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
    var_l4 = var_i0;
    if (var_i0) {
      var_i0 = 65568u;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_j1 = 6ull;
      var_j0 >>= (var_j1 & 63);
      var_i0 = (u32)(var_j0);
      var_l5 = var_i0;
      var_i1 = 1u;
      var_i2 = var_l5;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i1 = var_l4;
      var_i0 -= var_i1;
      var_i1 = 16777216u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    var_i0 = !(var_i0);
    var_l4 = var_i0;
  }
  var_i0 = var_l4;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  } else {
    var_i0 = 1u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
    }
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    var_i0 = var_p0;
    var_i1 = 4u;
    w2c_core_f7(instance, var_i0, var_i1);
    goto var_Bfunc;
  }
  var_i0 = var_l4;
  var_i0 = !(var_i0);
  var_i1 = var_p2;
  var_i2 = 2u;
  var_i1 = var_i1 == var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 65592u;
    var_i1 = 65592u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65592u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65612u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_i1 = 65628u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 -= var_i1;
    var_p2 = var_i0;
    var_i1 = 65596u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 65596u;
      var_i1 = var_p2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = var_p1;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
    }
    var_i0 = var_p0;
    w2c_core_f93(instance, var_i0);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 8192u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      w2c_core_f88(instance, var_i0);
    }
    var_i0 = var_p0;
    var_i1 = 2u;
    w2c_core_f7(instance, var_i0, var_i1);
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 3072u;
      var_i0 &= var_i1;
    }
    if (var_i0) {
      var_i0 = var_p0;
      w2c_core_f31(instance, var_i0);
    }
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 4u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_p0;
      w2c_core_f16(instance, var_i0);
    }
  } else {
    var_i0 = var_p2;
    var_i1 = 3u;
    var_i0 = var_i0 == var_i1;
    var_i1 = var_l4;
    var_i0 |= var_i1;
    var_i1 = var_p2;
    var_i2 = 1u;
    var_i1 = var_i1 == var_i2;
    var_i0 |= var_i1;
    if (var_i0) {
      var_i0 = 65648u;
      var_i1 = 1u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 66096u;
      var_i1 = var_p0;
      w2c_core_f17(instance, var_i0, var_i1);
    } else {
      var_i0 = var_p2;
      var_i1 = 4u;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_p1;
      var_i2 = 4294967295u;
      var_i1 = var_i1 != var_i2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 4u;
        var_i0 &= var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 65648u;
        var_i1 = 1u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = 66096u;
        var_i1 = var_p0;
        w2c_core_f17(instance, var_i0, var_i1);
      } else {
        var_i0 = var_p2;
        var_i1 = 6u;
        var_i0 = var_i0 == var_i1;
        var_i1 = var_p2;
        var_i2 = 4u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          w2c_core_f33(instance, var_i0);
          var_i0 = var_p0;
          w2c_core_f93(instance, var_i0);
        } else {
          var_i0 = var_p0;
          var_i1 = var_p3;
          var_i0 = w2c_core_f89(instance, var_i0, var_i1);
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_p0;
            w2c_core_f33(instance, var_i0);
          }
        }
      }
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f95(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j7, var_j8, var_j9, var_j10;
  var_i0 = 11u;
  var_i1 = 1u;
  var_i2 = 12u;
  var_i3 = var_p0;
  var_i4 = var_p1;
  var_i5 = 1u;
  var_i6 = var_p2;
  var_i7 = 65576u;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_i8 = 65616u;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i9 = var_p2;
  var_i10 = 65584u;
  var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_i9 <<= (var_i10 & 31);
  var_i8 += var_i9;
  var_j8 = (u64)(var_i8);
  var_j7 += var_j8;
  var_j8 = 0ull;
  var_j9 = 1ull;
  var_i10 = 65584u;
  var_j10 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_j9 <<= (var_j10 & 63);
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  FUNC_EPILOGUE;
}

static void w2c_core_f96(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  var_i0 = 66088u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  var_L0: 
    var_i0 = var_l1;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 64u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 65632u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = 65588u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l0 = var_i0;
        var_i1 = 4294967295u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = var_l0;
          var_i1 = 65760u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i0 += var_i1;
          var_l0 = var_i0;
        }
        var_i0 = var_l0;
        var_i1 = 65592u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 65612u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 += var_i2;
        var_i2 = 65628u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_l2 = var_i1;
        var_i0 -= var_i1;
        var_i1 = 0u;
        var_i2 = var_l0;
        var_i3 = var_l2;
        var_i2 = var_i2 > var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_l1 = var_i0;
      var_i0 = 66080u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l0 = var_i0;
      if (var_i0) {
        var_i0 = 66080u;
        var_i1 = var_l0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_l2 = var_i1;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l2;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = 66084u;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = 66088u;
        var_i1 = 66088u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l0;
        var_i1 = var_l0;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967263u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      }
      var_i0 = var_l0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
      var_l2 = var_i0;
      var_i1 = 65688u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l0;
      var_i3 = 65672u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_l3 = var_i2;
      var_i3 = 14u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 3u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l3;
      var_i3 = 16383u;
      var_i2 &= var_i3;
      var_i3 = 5u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      var_l3 = var_i1;
      var_i2 = var_l0;
      var_i3 = 1u;
      var_i4 = var_l0;
      var_i4 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 2u);
      var_l4 = var_i4;
      var_i5 = 8192u;
      var_i4 &= var_i5;
      if (var_i4) {
        var_i4 = 7u;
        var_i5 = 0u;
        var_i6 = var_l4;
        var_i7 = 32768u;
        var_i6 &= var_i7;
        var_i4 = var_i6 ? var_i4 : var_i5;
        goto var_B8;
      }
      var_i4 = 0u;
      var_i5 = var_l4;
      var_i6 = 256u;
      var_i5 &= var_i6;
      if (var_i5) {goto var_B8;}
      var_i4 = var_l2;
      var_i5 = 12u;
      var_i4 <<= (var_i5 & 31);
      var_i5 = 4738304u;
      var_i4 += var_i5;
      var_l2 = var_i4;
      var_i4 = var_l4;
      var_i5 = 1u;
      var_i4 &= var_i5;
      if (var_i4) {
        var_i4 = var_l2;
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 32u);
        var_l2 = var_i4;
        var_i5 = 1u;
        var_i4 = var_i4 == var_i5;
        if (var_i4) {
          var_i4 = 3u;
        } else {
          var_i4 = 4u;
          var_i5 = 5u;
          var_i6 = var_l2;
          var_i7 = 2u;
          var_i6 = var_i6 == var_i7;
          var_i4 = var_i6 ? var_i4 : var_i5;
        }
        goto var_B8;
      }
      var_i4 = 0u;
      var_i5 = var_l2;
      var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 28u);
      var_l4 = var_i5;
      if (var_i5) {
        var_i5 = var_l3;
        var_i6 = var_l2;
        var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6) + 48u);
        var_i5 = var_i5 >= var_i6;
      } else {
        var_i5 = 1u;
      }
      if (var_i5) {goto var_B8;}
      var_i4 = 1u;
      var_i5 = 2u;
      var_i6 = var_l4;
      var_i7 = 1u;
      var_i6 = var_i6 == var_i7;
      var_i4 = var_i6 ? var_i4 : var_i5;
      var_B8:;
      var_i5 = var_l0;
      var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 12u);
      var_i6 = 0u;
      var_i0 = w2c_core_f45(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      goto var_L0;
    }
  FUNC_EPILOGUE;
}

static void w2c_core_f97(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5) {
  u32 var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0;
  u64 var_l14 = 0, var_l15 = 0, var_l16 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j7, var_j8, var_j9;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l9 = var_i0;
  var_i0 = var_p3;
  var_j0 = (u64)(var_i0);
  var_i1 = 65584u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l10 = var_i1;
  var_j1 = (u64)(var_i1);
  var_j0 <<= (var_j1 & 63);
  var_l15 = var_j0;
  var_i0 = var_p5;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 12u;
    var_i1 = 0u;
    var_i2 = 14u;
    var_i3 = var_p0;
    var_i4 = var_p1;
    var_i5 = var_p3;
    var_i6 = var_p4;
    var_i7 = 65576u;
    var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_i8 = 65616u;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
    var_i9 = var_p4;
    var_i10 = var_l10;
    var_i9 <<= (var_i10 & 31);
    var_i8 += var_i9;
    var_j8 = (u64)(var_i8);
    var_j7 += var_j8;
    var_j8 = 0ull;
    var_j9 = var_l15;
    var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p3;
    var_i3 = var_p4;
    var_i4 = var_p5;
    var_i5 = 9u;
    var_i6 = 1u;
    var_i7 = var_p3;
    var_i8 = 1u;
    var_i7 = var_i7 > var_i8;
    if (var_i7) {
      var_i7 = var_l9;
      var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
    } else {
      var_i7 = 0u;
    }
    var_i5 = var_i7 ? var_i5 : var_i6;
    w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
    goto var_Bfunc;
  }
  var_i0 = var_p3;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_p2;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_l11 = var_i0;
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p2;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_l12 = var_i1;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l12;
    var_i2 = 16383u;
    var_i1 &= var_i2;
    var_i2 = 5u;
    var_i1 >>= (var_i2 & 31);
    var_i0 += var_i1;
    var_l12 = var_i0;
    var_L5: 
      var_i0 = var_p3;
      var_i1 = var_l6;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = 1u;
        var_i1 = var_l11;
        var_i2 = var_l6;
        var_i3 = var_l12;
        var_i2 += var_i3;
        var_i1 = w2c_core_f4(instance, var_i1, var_i2);
        var_l13 = var_i1;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 512u;
        var_i1 &= var_i2;
        if (var_i1) {
          var_i1 = var_l13;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 6u);
          var_l13 = var_i1;
          var_i1 = 65696u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          if (var_i1) {
            var_i1 = var_l13;
            var_i2 = 12u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = 4738304u;
            var_i1 += var_i2;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 192u);
            var_l13 = var_i1;
            if (var_i1) {
              var_i1 = var_l13;
              var_i2 = 24576u;
              var_i1 *= var_i2;
              var_i2 = 21511424u;
              var_i1 += var_i2;
            } else {
              var_i1 = 0u;
            }
          } else {
            var_i1 = 0u;
          }
          var_l13 = var_i1;
          if (var_i1) {
            var_i1 = var_l13;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
            var_i2 = 3u;
            var_i1 = var_i1 == var_i2;
          } else {
            var_i1 = 0u;
          }
        } else {
          var_i1 = 0u;
        }
        if (var_i1) {goto var_B4;}
        var_i0 = var_l6;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l6 = var_i0;
        goto var_L5;
      }
    var_i0 = 0u;
    var_B4:;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {goto var_B2;}
  var_i0 = var_p5;
  var_i1 = 3u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_L12: 
      var_i0 = var_p3;
      var_i1 = var_l7;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_p1;
          var_i2 = var_l7;
          var_i1 += var_i2;
          var_i0 = w2c_core_f4(instance, var_i0, var_i1);
        } else {
          var_i0 = var_p2;
        }
        var_l6 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
        var_l8 = var_i0;
        var_i0 = 9u;
        var_i1 = var_l7;
        var_i2 = 0u;
        var_i1 = var_i1 != var_i2;
        var_i2 = 4u;
        var_i3 = var_p0;
        var_i4 = var_p1;
        var_i5 = var_l7;
        var_i4 += var_i5;
        var_i5 = 1u;
        var_i6 = var_p4;
        var_i7 = var_l7;
        var_i6 += var_i7;
        var_l9 = var_i6;
        var_i7 = 65576u;
        var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
        var_i8 = 65616u;
        var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
        var_i9 = var_l9;
        var_i10 = 65584u;
        var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
        var_i9 <<= (var_i10 & 31);
        var_i8 += var_i9;
        var_j8 = (u64)(var_i8);
        var_j7 += var_j8;
        var_i8 = var_p0;
        var_i9 = var_l6;
        var_j8 = w2c_core_f75(instance, var_i8, var_i9);
        var_i9 = var_l8;
        var_j9 = (u64)(var_i9);
        var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
        var_i0 = var_p0;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738688u;
        var_i0 += var_i1;
        var_l6 = var_i0;
        var_i1 = var_l6;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = var_l8;
        var_j2 = (u64)(s64)(s32)(var_i2);
        var_j1 += var_j2;
        i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
        var_i0 = var_l7;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l7 = var_i0;
        goto var_L12;
      }
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738672u;
    var_i0 += var_i1;
    var_l6 = var_i0;
    var_i1 = var_l6;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_p3;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = var_p2;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
      var_p2 = var_i0;
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = var_p2;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
        var_p2 = var_i0;
        if (var_i0) {
          var_i0 = var_p2;
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21511424u;
          var_i0 += var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      var_p2 = var_i0;
      if (var_i0) {
        var_i0 = var_p2;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = 3u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_p4;
      w2c_core_f95(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_p3;
      var_i3 = var_p4;
      var_i4 = var_p5;
      var_i5 = 1u;
      w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
    }
    goto var_Bfunc;
  }
  var_i0 = var_p5;
  var_i1 = 4u;
  var_i0 = var_i0 == var_i1;
  var_l6 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p5;
    var_i1 = 5u;
    var_i0 = var_i0 == var_i1;
    var_l6 = var_i0;
  }
  var_i0 = var_p3;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  var_i1 = 0u;
  var_i2 = var_l6;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {goto var_B2;}
  var_i0 = var_l6;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_l11 = var_i0;
    var_i1 = 4738672u;
    var_i0 += var_i1;
    var_l12 = var_i0;
    var_i1 = var_l12;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_p3;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = var_l11;
    var_i1 = 4738688u;
    var_i0 += var_i1;
    var_l11 = var_i0;
    var_i1 = var_l11;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = var_l15;
    var_j2 = (u64)(s64)(s32)(u32)(var_j2);
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  }
  var_i0 = var_p5;
  var_i1 = 4u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_p5;
  var_i2 = 1u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = 6u;
    var_i1 = 2u;
    var_i2 = 3u;
    var_i3 = 2u;
    var_i4 = var_l6;
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_i3 = var_p0;
    var_i4 = var_p1;
    var_i5 = var_p3;
    var_i6 = var_p4;
    var_i7 = 65576u;
    var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_i8 = 65616u;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
    var_i9 = var_p4;
    var_i10 = 65584u;
    var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
    var_i9 <<= (var_i10 & 31);
    var_i8 += var_i9;
    var_j8 = (u64)(var_i8);
    var_j7 += var_j8;
    var_i8 = var_l6;
    if (var_i8) {
      var_i8 = var_p0;
      var_i9 = 12u;
      var_i8 <<= (var_i9 & 31);
      var_i9 = 4738304u;
      var_i8 += var_i9;
      var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 56u);
      if (var_i8) {
        var_i8 = var_p2;
        var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 24u);
      } else {
        var_i8 = var_p1;
      }
    } else {
      var_i8 = var_p1;
    }
    var_j8 = (u64)(var_i8);
    var_i9 = var_l10;
    var_j9 = (u64)(var_i9);
    var_j8 <<= (var_j9 & 63);
    var_l14 = var_j8;
    var_j9 = var_l15;
    var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
    var_l10 = var_i0;
    var_i1 = var_l6;
    if (var_i1) {
      var_i1 = var_l9;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 40u);
    } else {
      var_i1 = var_l9;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 36u);
    }
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
    var_i0 = var_l10;
    var_i1 = var_l6;
    if (var_i1) {
      var_j1 = var_l15;
    } else {
      var_i1 = var_p0;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 184u);
      var_l16 = var_j1;
      var_j2 = var_l14;
      var_i1 = var_j1 <= var_j2;
      if (var_i1) {
        var_j1 = 0ull;
      } else {
        var_j1 = var_l15;
        var_j2 = var_l16;
        var_j3 = var_l14;
        var_j2 -= var_j3;
        var_l14 = var_j2;
        var_j3 = var_l14;
        var_j4 = var_l15;
        var_i3 = var_j3 > var_j4;
        var_j1 = var_i3 ? var_j1 : var_j2;
      }
    }
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_j1);
    var_i0 = var_l6;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_L30: 
        var_i0 = var_p3;
        var_i1 = var_l7;
        var_i0 = var_i0 > var_i1;
        if (var_i0) {
          var_i0 = var_p4;
          var_i1 = var_l7;
          var_i0 += var_i1;
          var_i1 = 3u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 530432u;
          var_i0 += var_i1;
          var_i1 = var_p0;
          var_i2 = var_p1;
          var_i3 = var_l7;
          var_i2 += var_i3;
          var_i1 = w2c_core_f4(instance, var_i1, var_i2);
          var_l9 = var_i1;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 2u;
          var_i1 &= var_i2;
          if (var_i1) {
            var_i1 = 1u;
            var_l8 = var_i1;
            var_i1 = var_l9;
            var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
            var_j2 = 9223372036854775808ull;
            var_j1 |= var_j2;
          } else {
            var_j1 = 0ull;
          }
          i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
          var_i0 = var_l7;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l7 = var_i0;
          goto var_L30;
        }
    }
    var_i0 = var_l8;
    if (var_i0) {
      var_i0 = var_l10;
      var_i1 = 6u;
      i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
    }
    var_i0 = var_l6;
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_p2;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_p2 = var_i0;
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_p2;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_p2 = var_i0;
          if (var_i0) {
            var_i0 = var_p2;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_p2 = var_i0;
        if (var_i0) {
          var_i0 = var_p2;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_p4;
      w2c_core_f95(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = var_l6;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_i2 = var_p3;
        var_i3 = var_p4;
        var_i4 = var_p5;
        var_i5 = 1u;
        w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
      }
    }
    goto var_Bfunc;
  }
  var_i0 = var_l6;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
      var_p1 = var_i0;
    }
  }
  var_i0 = 7u;
  var_i1 = 2u;
  var_i2 = 1u;
  var_i3 = var_l6;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = var_p5;
  var_i3 = 7u;
  var_i2 = var_i2 == var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p5 = var_i0;
  var_i0 = 0u;
  var_p2 = var_i0;
  var_L43: 
    var_i0 = var_p2;
    var_i1 = var_p3;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p5;
      var_i1 = var_p0;
      var_i2 = var_p1;
      var_i3 = var_p2;
      var_i2 += var_i3;
      var_i3 = var_p2;
      var_i4 = var_p4;
      var_i3 += var_i4;
      var_l6 = var_i3;
      var_i4 = var_l6;
      var_i5 = 5u;
      var_i4 <<= (var_i5 & 31);
      var_i5 = 497664u;
      var_i4 += var_i5;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 8u);
      var_i5 = 0u;
      var_i6 = 0u;
      w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      var_i0 = var_p2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p2 = var_i0;
      goto var_L43;
    }
  goto var_Bfunc;
  var_B2:;
  var_i0 = 0u;
  var_l6 = var_i0;
  var_L45: 
    var_i0 = var_p3;
    var_i1 = var_l6;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_l6;
      var_i1 += var_i2;
      var_l7 = var_i1;
      var_i2 = var_l6;
      if (var_i2) {
        var_i2 = var_p0;
        var_i3 = var_l7;
        var_i2 = w2c_core_f4(instance, var_i2, var_i3);
      } else {
        var_i2 = var_p2;
      }
      var_i3 = 1u;
      var_i4 = var_p4;
      var_i5 = var_l6;
      var_i4 += var_i5;
      var_i5 = var_p5;
      w2c_core_f97(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
      var_i0 = var_l6;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      goto var_L45;
    }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f98(w2c_core* instance, u32 var_p0, u32 var_p1) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i1 = 64u;
  var_i2 = var_p1;
  var_i3 = var_p1;
  var_i4 = 64u;
  var_i3 = var_i3 >= var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 += var_i1;
  var_p1 = var_i0;
  var_L0: 
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 1u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
      var_i0 = var_p0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      goto var_L0;
    }
  FUNC_EPILOGUE;
}

static void w2c_core_f99(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f12(instance, var_i0, var_i1);
  var_l4 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 5u;
    var_i1 = var_p0;
    var_i2 = var_p1;
    var_i3 = 0u;
    var_i4 = 0u;
    var_i5 = 4u;
    var_i6 = 0u;
    w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
    goto var_Bfunc;
  }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  if (var_i0) {
    var_i0 = var_l5;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l5 = var_i0;
      if (var_i0) {
        var_i0 = var_l5;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l5 = var_i0;
    if (var_i0) {
      var_i0 = var_l5;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_j0 = var_p2;
  var_j1 = 1ull;
  var_j0 &= var_j1;
  var_i0 = (u32)(var_j0);
  var_l5 = var_i0;
  var_i0 = var_l4;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l6 = var_i0;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738720u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i1 = var_p0;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = 1ull;
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = var_l4;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 65568u;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_j2 = 6ull;
      var_j1 >>= (var_j2 & 63);
      var_i1 = (u32)(var_j1);
      var_p0 = var_i1;
      var_i2 = 1u;
      var_i3 = var_p0;
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
    }
    var_i0 = var_l5;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = var_l4;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 128u;
      var_i1 |= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    }
    goto var_Bfunc;
  }
  var_j0 = var_p2;
  var_j1 = 2ull;
  var_j0 &= var_j1;
  var_j1 = 0ull;
  var_i0 = var_j0 != var_j1;
  if (var_i0) {
    var_i0 = 5u;
  } else {
    var_i0 = 4u;
    var_i1 = 3u;
    var_j2 = var_p2;
    var_j3 = 4ull;
    var_j2 &= var_j3;
    var_j3 = 0ull;
    var_i2 = var_j2 != var_j3;
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  var_l7 = var_i0;
  var_i0 = var_l6;
  var_i1 = 3u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_l6;
  var_i2 = 2u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  var_i1 = var_l6;
  var_i2 = 6u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = var_l7;
    var_i1 = 3u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738560u;
      var_i0 += var_i1;
      var_i1 = var_l7;
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i1 = var_l3;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_j2 = 1ull;
      var_j1 += var_j2;
      i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    }
    var_i0 = var_l7;
    var_i1 = 5u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_l4;
      var_i0 = w2c_core_f135(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      goto var_Bfunc;
    }
    var_i0 = var_l7;
    var_i1 = var_p0;
    var_i2 = var_p0;
    var_i3 = 12u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 4738304u;
    var_i2 += var_i3;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 172u);
    if (var_i2) {
      var_i2 = var_p0;
      var_i3 = var_p1;
      var_j2 = w2c_core_f8(instance, var_i2, var_i3);
      goto var_B14;
    }
    var_i2 = var_p0;
    var_i3 = 12u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 4738304u;
    var_i2 += var_i3;
    var_l3 = var_i2;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
    if (var_i2) {
      var_i2 = var_l3;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 20u);
      var_i3 = var_l3;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 16u);
      var_i4 = 9u;
      var_i3 >>= (var_i4 & 31);
      var_i4 = var_p1;
      var_i5 = 9u;
      var_i4 >>= (var_i5 & 31);
      var_i3 += var_i4;
      var_i4 = 2u;
      var_i3 <<= (var_i4 & 31);
      var_i2 += var_i3;
      var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_j3 = 21ull;
      var_j2 <<= (var_j3 & 63);
      var_i3 = var_p1;
      var_i4 = 511u;
      var_i3 &= var_i4;
      var_j3 = (u64)(var_i3);
      var_i4 = 65584u;
      var_j4 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_j3 <<= (var_j4 & 63);
      var_j2 |= var_j3;
      goto var_B14;
    }
    var_i2 = var_p0;
    var_i3 = 12u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 4738304u;
    var_i2 += var_i3;
    var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
    var_i3 = var_p1;
    var_j3 = (u64)(var_i3);
    var_i4 = 65584u;
    var_j4 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
    var_j3 <<= (var_j4 & 63);
    var_j2 += var_j3;
    var_B14:;
    w2c_core_f100(instance, var_i0, var_i1, var_j2);
    goto var_Bfunc;
  }
  var_i0 = var_l6;
  var_i1 = 8u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 5u;
    var_i1 = var_p0;
    var_i2 = var_p1;
    var_i3 = 0u;
    var_i4 = 0u;
    var_i5 = 0u;
    var_i6 = 0u;
    w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738560u;
  var_i0 += var_i1;
  var_i1 = var_l7;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i1 = var_l7;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_l6;
  var_i1 = 4u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l4;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_i1 = 5u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 497632u;
    var_i0 += var_i1;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
    var_i1 = 4u;
    var_i0 &= var_i1;
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_i1 = var_l4;
    var_i2 = 65568u;
    var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_j3 = 6ull;
    var_j2 >>= (var_j3 & 63);
    var_i2 = (u32)(var_j2);
    var_l4 = var_i2;
    var_i3 = 1u;
    var_i4 = var_l4;
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_i3 = var_l5;
    w2c_core_f19(instance, var_i1, var_i2, var_i3);
    if (var_i0) {
      var_L20: 
        var_i0 = var_l3;
        var_i1 = 4u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_l4 = var_i0;
          var_i1 = 4738368u;
          var_i0 += var_i1;
          var_i1 = var_l3;
          var_i2 = 24u;
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_l5 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = var_p1;
          var_i2 = 1u;
          var_i1 += var_i2;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_l5;
            var_i1 = 0u;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
            var_i0 = var_l5;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
            var_p1 = var_i0;
            if (var_i0) {
              var_i0 = var_l4;
              var_i1 = 4738648u;
              var_i0 += var_i1;
              var_l3 = var_i0;
              var_i1 = var_l3;
              var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i2 = var_p1;
              var_j2 = (u64)(s64)(s32)(var_i2);
              var_j1 += var_j2;
              i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
              var_i0 = var_l5;
              var_i1 = 0u;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
            }
            var_i0 = var_l5;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_p1 = var_i0;
            var_i1 = var_p0;
            var_i2 = 12u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = 4738304u;
            var_i1 += var_i2;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
            var_l3 = var_i1;
            var_i0 = var_i0 >= var_i1;
            if (var_i0) {goto var_B22;}
            var_i0 = var_p0;
            var_i1 = var_p1;
            var_i0 = w2c_core_f12(instance, var_i0, var_i1);
            var_l4 = var_i0;
            if (var_i0) {
              var_i0 = var_l4;
              var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l6 = var_i0;
              var_i0 = !(var_i0);
              var_i1 = var_l6;
              var_i2 = 7u;
              var_i1 = var_i1 == var_i2;
              var_i0 |= var_i1;
              if (var_i0) {
                var_i0 = var_l4;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                var_i1 = 40960u;
                var_i0 &= var_i1;
                var_i1 = 8192u;
                var_i0 = var_i0 == var_i1;
              } else {
                var_i0 = 1u;
              }
            } else {
              var_i0 = 1u;
            }
            if (var_i0) {goto var_B22;}
            var_i0 = var_p0;
            var_i1 = var_p1;
            var_i2 = var_l4;
            var_i3 = var_p0;
            var_i4 = var_l5;
            var_i5 = 1u;
            var_i3 = w2c_core_f90(instance, var_i3, var_i4, var_i5);
            var_l4 = var_i3;
            var_i4 = var_l3;
            var_i5 = var_p1;
            var_i4 -= var_i5;
            var_l3 = var_i4;
            var_i5 = var_l3;
            var_i6 = var_l4;
            var_i5 = var_i5 > var_i6;
            var_i3 = var_i5 ? var_i3 : var_i4;
            var_i4 = 0u;
            var_i5 = 0u;
            var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
            var_l3 = var_i0;
            if (var_i0) {
              var_i0 = var_p0;
              var_i1 = var_l5;
              var_i2 = var_p1;
              var_i3 = var_l3;
              var_i4 = 1u;
              var_i3 -= var_i4;
              var_i4 = 1u;
              var_i5 = 1u;
              w2c_core_f63(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
              var_i0 = var_p0;
              var_i1 = 12u;
              var_i0 <<= (var_i1 & 31);
              var_i1 = 4738640u;
              var_i0 += var_i1;
              var_p0 = var_i0;
              var_i1 = var_p0;
              var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_j2 = 1ull;
              var_j1 += var_j2;
              i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
              var_i0 = var_l5;
              var_i1 = var_l5;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
              var_i2 = 1u;
              var_i1 += var_i2;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
            }
            goto var_B22;
          }
          var_i0 = var_l3;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l3 = var_i0;
          goto var_L20;
          var_B22:;
        }
    }
  } else {
    var_i0 = var_l6;
    var_i1 = 5u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 65568u;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_j2 = 6ull;
      var_j1 >>= (var_j2 & 63);
      var_i1 = (u32)(var_j1);
      var_p0 = var_i1;
      var_i2 = 1u;
      var_i3 = var_p0;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i2 = var_l5;
      w2c_core_f103(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = var_p0;
      var_i1 = var_p1;
      var_i2 = var_l4;
      var_i3 = 65568u;
      var_j3 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_j4 = 6ull;
      var_j3 >>= (var_j4 & 63);
      var_i3 = (u32)(var_j3);
      var_p1 = var_i3;
      var_i4 = 1u;
      var_i5 = var_p1;
      var_i3 = var_i5 ? var_i3 : var_i4;
      var_i4 = var_l5;
      var_i5 = var_p0;
      var_i6 = 12u;
      var_i5 <<= (var_i6 & 31);
      var_i6 = 4738304u;
      var_i5 += var_i6;
      var_p0 = var_i5;
      var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 32u);
      var_i6 = 3u;
      var_i5 = var_i5 == var_i6;
      var_p1 = var_i5;
      if (var_i5) {
        var_i5 = var_p1;
      } else {
        var_i5 = var_p0;
        var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 28u);
        var_i6 = 2u;
        var_i5 = var_i5 == var_i6;
      }
      w2c_core_f172(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f100(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2) {
  u64 var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9;
  var_j0 = 1ull;
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l3 = var_j0;
  var_i0 = var_p0;
  var_i1 = 5u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 18u;
  } else {
    var_i0 = 17u;
    var_i1 = 2u;
    var_i2 = var_p0;
    var_i3 = 4u;
    var_i2 = var_i2 == var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  var_i1 = 0u;
  var_i2 = 15u;
  var_i3 = var_p1;
  var_i4 = 0u;
  var_i5 = 1u;
  var_i6 = 4294967295u;
  var_j7 = var_p2;
  var_j8 = 0ull;
  var_j9 = var_l3;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  FUNC_EPILOGUE;
}

static void w2c_core_f101(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0;
  u64 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j2, var_j3, var_j4, var_j5;
  var_i0 = 65628u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 32u;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 65632u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  if (var_i1) {
    var_i1 = 2u;
    var_i2 = 32u;
    var_i3 = 65612u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_l1 = var_i3;
    var_i4 = 3u;
    var_i3 >>= (var_i4 & 31);
    var_l2 = var_i3;
    var_i4 = var_l2;
    var_i5 = 32u;
    var_i4 = var_i4 > var_i5;
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_l2 = var_i2;
    var_i3 = var_l2;
    var_i4 = 2u;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i2 = 65700u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l2 = var_i2;
    var_i3 = var_l1;
    var_i4 = 2u;
    var_i3 >>= (var_i4 & 31);
    var_l1 = var_i3;
    var_i4 = var_l1;
    var_i5 = var_l2;
    var_i4 = var_i4 > var_i5;
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_i1 += var_i2;
    var_l1 = var_i1;
    var_i2 = 65744u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    if (var_i2) {
      var_i2 = 4294967295u;
    } else {
      var_i2 = 65960u;
      var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_l4 = var_j2;
      var_i3 = 65592u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i4 = 65612u;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_i3 += var_i4;
      var_i4 = 65628u;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_i3 -= var_i4;
      var_i4 = 65632u;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_i3 -= var_i4;
      var_j3 = (u64)(var_i3);
      var_l3 = var_j3;
      var_i2 = var_j2 > var_j3;
      if (var_i2) {
        var_j2 = 4294967295ull;
        var_j3 = var_l4;
        var_j4 = var_l3;
        var_j3 -= var_j4;
        var_l3 = var_j3;
        var_j4 = var_l3;
        var_j5 = 4294967295ull;
        var_i4 = var_j4 >= var_j5;
        var_j2 = var_i4 ? var_j2 : var_j3;
        var_i2 = (u32)(var_j2);
      } else {
        var_i2 = 0u;
      }
    }
    var_l2 = var_i2;
    var_i3 = var_l1;
    var_i4 = var_l2;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_l1 = var_i1;
    var_i2 = 65612u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 2u;
    var_i2 >>= (var_i3 & 31);
    var_l2 = var_i2;
    var_i3 = var_l1;
    var_i4 = var_l2;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
  } else {
    var_i1 = 0u;
  }
  var_l1 = var_i1;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = var_l1;
    var_i0 -= var_i1;
    w2c_core_f67(instance, var_i0);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f102(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
  var_l2 = var_i0;
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_l3 = var_i1;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l3;
  var_i2 = 16383u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = var_p1;
  var_i1 = 5u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 538624u;
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i1 = var_l4;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 4294967294u;
  var_i3 = var_p1;
  var_i2 = I32_ROTL(var_i2, var_i3);
  var_i1 &= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l2;
  var_i1 = 66572u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 == var_i1;
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 66576u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 66584u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 += var_i2;
    var_i0 = var_i0 == var_i1;
    var_p0 = var_i0;
  }
  var_i0 = var_p0;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 66580u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 66584u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 += var_i2;
    var_i0 = var_i0 == var_i1;
  } else {
    var_i0 = var_p0;
  }
  var_i1 = 0u;
  var_i2 = 66584u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 511u;
    var_i0 &= var_i1;
    var_i1 = 1u;
    var_i2 = var_l2;
    var_i3 = 12u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 4738304u;
    var_i2 += var_i3;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
    var_i0 = var_i2 ? var_i0 : var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 66584u;
    var_i1 = 66584u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_Bfunc;
  }
  w2c_core_f25(instance);
  var_i0 = 66572u;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66576u;
  var_i1 = var_l3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66580u;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66584u;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f103(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0;
  u64 var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10, var_i11;
  u64 var_j0, var_j1, var_j7, var_j8, var_j9;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l3 = var_i0;
  var_i0 = var_p2;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 128u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = var_l3;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
  var_i1 = 1u;
  var_i0 &= var_i1;
  var_p2 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  } else {
    var_i0 = var_p2;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p1 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_p1 = var_i0;
  }
  var_i0 = var_p1;
  var_i1 = 65592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 65612u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 += var_i2;
  var_i2 = 65628u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_p2 = var_i1;
  var_i0 -= var_i1;
  var_i1 = 0u;
  var_i2 = var_p1;
  var_i3 = var_p2;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_p1 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_p1 = var_i0;
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_p2 = var_i0;
    if (var_i0) {
      var_i0 = var_p2;
      if (var_i0) {
        var_i0 = var_p1;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
        var_p1 = var_i0;
        if (var_i0) {
          var_i0 = var_p1;
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21511424u;
          var_i0 += var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      var_p1 = var_i0;
      if (var_i0) {
        var_i0 = var_p1;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_i0 = !(var_i0);
  } else {
    var_i0 = var_p1;
  }
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 5u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 497664u;
    var_i0 += var_i1;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 4u;
    var_i0 = var_i0 != var_i1;
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
      var_p1 = var_i0;
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      if (var_i0) {
        var_i0 = var_p1;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
        var_p1 = var_i0;
        if (var_i0) {
          var_i0 = var_p1;
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21511424u;
          var_i0 += var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      var_p1 = var_i0;
      if (var_i0) {
        var_i0 = var_p1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = 3u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = w2c_core_f40(instance, var_i0);
    } else {
      var_i0 = 1u;
    }
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 5u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 497664u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i1 = var_p0;
    var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 1u);
    var_i2 = 1u;
    var_i1 |= var_i2;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
    goto var_Bfunc;
  }
  var_i0 = 65592u;
  var_i1 = 65592u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65612u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 += var_i1;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_p1 = var_i0;
  var_i1 = 65596u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 65596u;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_j0 = 1ull;
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l4 = var_j0;
  var_i0 = 1u;
  var_i1 = 0u;
  var_i2 = 7u;
  var_i3 = var_p0;
  var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 6u);
  var_p1 = var_i3;
  var_i4 = 65688u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p0;
  var_i6 = 65672u;
  var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
  var_i5 -= var_i6;
  var_p0 = var_i5;
  var_i6 = 14u;
  var_i5 >>= (var_i6 & 31);
  var_i6 = 3u;
  var_i5 <<= (var_i6 & 31);
  var_i4 += var_i5;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p0;
  var_i6 = 16383u;
  var_i5 &= var_i6;
  var_i6 = 5u;
  var_i5 >>= (var_i6 & 31);
  var_i4 += var_i5;
  var_p0 = var_i4;
  var_i5 = 1u;
  var_i6 = var_l3;
  var_i7 = var_p1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
  if (var_i7) {
    var_i7 = var_p1;
    var_i8 = var_p0;
    var_j7 = w2c_core_f8(instance, var_i7, var_i8);
    goto var_B18;
  }
  var_i7 = var_p1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_p2 = var_i7;
  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
  if (var_i7) {
    var_i7 = var_p2;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
    var_i8 = var_p2;
    var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
    var_i9 = 9u;
    var_i8 >>= (var_i9 & 31);
    var_i9 = var_p0;
    var_i10 = 9u;
    var_i9 >>= (var_i10 & 31);
    var_i8 += var_i9;
    var_i9 = 2u;
    var_i8 <<= (var_i9 & 31);
    var_i7 += var_i8;
    var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
    var_j8 = 21ull;
    var_j7 <<= (var_j8 & 63);
    var_i8 = var_p0;
    var_i9 = 511u;
    var_i8 &= var_i9;
    var_j8 = (u64)(var_i8);
    var_i9 = 65584u;
    var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
    var_j8 <<= (var_j9 & 63);
    var_j7 |= var_j8;
    goto var_B18;
  }
  var_i7 = var_p1;
  var_i8 = 12u;
  var_i7 <<= (var_i8 & 31);
  var_i8 = 4738304u;
  var_i7 += var_i8;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
  var_i8 = var_p0;
  var_j8 = (u64)(var_i8);
  var_i9 = 65584u;
  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_j8 <<= (var_j9 & 63);
  var_j7 += var_j8;
  var_B18:;
  var_i8 = 65576u;
  var_j8 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i9 = 65616u;
  var_i9 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
  var_i10 = var_l3;
  var_i11 = 65584u;
  var_i11 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i11));
  var_i10 <<= (var_i11 & 31);
  var_i9 += var_i10;
  var_j9 = (u64)(var_i9);
  var_j8 += var_j9;
  var_j9 = var_l4;
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f104(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 512u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_l2 = var_i0;
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l2 = var_i0;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l2 = var_i0;
    if (var_i0) {
      var_i0 = var_l2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = w2c_core_f40(instance, var_i0);
  }
  var_i0 = var_p0;
  var_i1 = 3u;
  w2c_core_f7(instance, var_i0, var_i1);
  var_i0 = var_p1;
  var_i1 = 3u;
  var_i2 = var_p0;
  w2c_core_f6(instance, var_i0, var_i1, var_i2);
  var_i0 = var_p1;
  var_i1 = 5u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 497664u;
  var_i0 += var_i1;
  var_i1 = 4u;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
  var_i0 = 66112u;
  var_i1 = var_p0;
  w2c_core_f28(instance, var_i0, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f106(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l2 = var_i0;
  var_i1 = 256u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = var_p1;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 256u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = var_l2;
  var_i1 = 1u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
  var_l2 = var_i0;
  w2c_core_f70(instance, var_i0);
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 1u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p1;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f107(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2, u64 var_p3, u32 var_p4) {
  u32 var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0, var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = 65584u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  var_i0 = var_p1;
  var_i1 = 9u;
  var_i0 <<= (var_i1 & 31);
  var_l6 = var_i0;
  var_j0 = var_p2;
  var_i1 = var_p0;
  var_i2 = 12u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 4738304u;
  var_i1 += var_i2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 172u);
  if (var_i1) {
    var_i1 = var_p0;
    var_i2 = var_l6;
    var_j1 = w2c_core_f8(instance, var_i1, var_i2);
    goto var_B0;
  }
  var_i1 = var_p0;
  var_i2 = 12u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 4738304u;
  var_i1 += var_i2;
  var_l7 = var_i1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 56u);
  if (var_i1) {
    var_i1 = var_l7;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
    var_i2 = var_l7;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
    var_i3 = 9u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = var_l6;
    var_i4 = 9u;
    var_i3 >>= (var_i4 & 31);
    var_i2 += var_i3;
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = 21ull;
    var_j1 <<= (var_j2 & 63);
    var_i2 = var_l6;
    var_i3 = 511u;
    var_i2 &= var_i3;
    var_j2 = (u64)(var_i2);
    var_i3 = 65584u;
    var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_j2 <<= (var_j3 & 63);
    var_j1 |= var_j2;
    goto var_B0;
  }
  var_i1 = var_p0;
  var_i2 = 12u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 4738304u;
  var_i1 += var_i2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i2 = var_l6;
  var_j2 = (u64)(var_i2);
  var_i3 = 65584u;
  var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_j2 <<= (var_j3 & 63);
  var_j1 += var_j2;
  var_B0:;
  var_l10 = var_j1;
  var_j0 -= var_j1;
  var_i1 = var_l5;
  var_j1 = (u64)(var_i1);
  var_l9 = var_j1;
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_i1 = 0u;
  var_j2 = var_p2;
  var_j3 = var_l10;
  var_i2 = var_j2 > var_j3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l6 = var_i0;
  var_i0 = 512u;
  var_j1 = var_p3;
  var_j2 = var_l10;
  var_j1 -= var_j2;
  var_j2 = 1ull;
  var_j3 = var_l9;
  var_j2 <<= (var_j3 & 63);
  var_j1 += var_j2;
  var_j2 = 1ull;
  var_j1 -= var_j2;
  var_j2 = var_l9;
  var_j1 >>= (var_j2 & 63);
  var_p2 = var_j1;
  var_i1 = (u32)(var_j1);
  var_j2 = var_p2;
  var_j3 = 512ull;
  var_i2 = var_j2 >= var_j3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l7 = var_i0;
  var_i0 = 66320u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  if (var_i0) {
    var_i0 = 65784u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l5;
    var_i0 = var_i0 >= var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = 68612u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 68608u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65668u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 65664u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_i3 = 14u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      var_l5 = var_i1;
      var_i2 = 68644u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_l8 = var_i2;
      var_i1 -= var_i2;
      var_i2 = 0u;
      var_i3 = var_l5;
      var_i4 = var_l8;
      var_i3 = var_i3 > var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 = var_i0 > var_i1;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    w2c_core_f10(instance);
  }
  var_i0 = var_l6;
  var_i1 = 1u;
  var_i2 = var_p4;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i0 = !(var_i0);
  var_i1 = var_l7;
  var_i2 = 512u;
  var_i1 = var_i1 == var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i0 = w2c_core_f113(instance, var_i0, var_i1);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f52(instance, var_i0, var_i1);
  var_l8 = var_i0;
  var_i0 = var_l6;
  var_l5 = var_i0;
  var_L8: 
    var_i0 = var_l5;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l8;
      var_i1 = var_l5;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      w2c_core_f27(instance, var_i0);
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      goto var_L8;
    }
  var_i0 = var_l6;
  var_i1 = 1u;
  var_i2 = var_p4;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i0 = !(var_i0);
  var_i1 = var_l7;
  var_i2 = 512u;
  var_i1 = var_i1 == var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    w2c_core_f116(instance, var_i0, var_i1);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f108(w2c_core* instance, u32 var_p0, u32 var_p1, u64 var_p2, u64 var_p3) {
  u32 var_l7 = 0, var_l8 = 0;
  u64 var_l4 = 0, var_l5 = 0, var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l8 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_l7 = var_i0;
  var_j0 = 1ull;
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l4 = var_j0;
  var_i0 = var_l8;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_j0 = var_p2;
    var_i1 = var_l8;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
    var_l5 = var_j1;
    var_j2 = var_p2;
    var_j3 = var_l5;
    var_i2 = var_j2 > var_j3;
    var_j0 = var_i2 ? var_j0 : var_j1;
    var_p2 = var_j0;
    var_j1 = var_p3;
    var_j2 = var_l5;
    var_i3 = var_l7;
    var_j3 = (u64)(var_i3);
    var_j4 = var_l4;
    var_j3 *= var_j4;
    var_j2 += var_j3;
    var_l6 = var_j2;
    var_j3 = var_p3;
    var_j4 = var_l6;
    var_i3 = var_j3 < var_j4;
    var_j1 = var_i3 ? var_j1 : var_j2;
    var_p3 = var_j1;
    var_i0 = var_j0 >= var_j1;
    if (var_i0) {
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = 66628u;
    var_i1 = var_p1;
    var_j2 = var_p2;
    var_j3 = var_l5;
    var_j2 -= var_j3;
    var_j3 = var_l4;
    var_j2 += var_j3;
    var_j3 = 1ull;
    var_j2 -= var_j3;
    var_j3 = var_l4;
    var_j2 = DIV_U(var_j2, var_j3);
    var_i2 = (u32)(var_j2);
    var_p0 = var_i2;
    var_i3 = var_p0;
    var_i4 = var_p1;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 66632u;
    var_j1 = var_p3;
    var_j2 = var_l5;
    var_j1 -= var_j2;
    var_j2 = var_l4;
    var_j1 = DIV_U(var_j1, var_j2);
    i64_store32_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
    var_i0 = 66628u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 66632u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 < var_i1;
    goto var_Bfunc;
  }
  var_i0 = 66628u;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_L2: 
    var_i0 = 66628u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_p1 = var_i0;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_j0 = w2c_core_f8(instance, var_i0, var_i1);
        goto var_B4;
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
      if (var_i0) {
        var_i0 = var_l8;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
        var_i1 = var_l8;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = var_p1;
        var_i3 = 9u;
        var_i2 >>= (var_i3 & 31);
        var_i1 += var_i2;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_j1 = 21ull;
        var_j0 <<= (var_j1 & 63);
        var_i1 = var_p1;
        var_i2 = 511u;
        var_i1 &= var_i2;
        var_j1 = (u64)(var_i1);
        var_i2 = 65584u;
        var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_j1 <<= (var_j2 & 63);
        var_j0 |= var_j1;
        goto var_B4;
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = var_p1;
      var_j1 = (u64)(var_i1);
      var_i2 = 65584u;
      var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_j1 <<= (var_j2 & 63);
      var_j0 += var_j1;
      var_B4:;
      var_l5 = var_j0;
      var_j1 = var_p2;
      var_i0 = var_j0 >= var_j1;
      var_j1 = var_l4;
      var_j2 = var_l5;
      var_j1 += var_j2;
      var_j2 = var_p3;
      var_i1 = var_j1 <= var_j2;
      var_i0 &= var_i1;
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 66628u;
      var_i1 = 66628u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      goto var_L2;
    }
  var_i0 = var_l7;
  var_i1 = 66628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 66632u;
  var_i1 = 66628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_L9: 
    var_i0 = 66632u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_p1 = var_i0;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_j0 = w2c_core_f8(instance, var_i0, var_i1);
        goto var_B11;
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
      if (var_i0) {
        var_i0 = var_l8;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
        var_i1 = var_l8;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = var_p1;
        var_i3 = 9u;
        var_i2 >>= (var_i3 & 31);
        var_i1 += var_i2;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_j1 = 21ull;
        var_j0 <<= (var_j1 & 63);
        var_i1 = var_p1;
        var_i2 = 511u;
        var_i1 &= var_i2;
        var_j1 = (u64)(var_i1);
        var_i2 = 65584u;
        var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_j1 <<= (var_j2 & 63);
        var_j0 |= var_j1;
        goto var_B11;
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = var_p1;
      var_j1 = (u64)(var_i1);
      var_i2 = 65584u;
      var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_j1 <<= (var_j2 & 63);
      var_j0 += var_j1;
      var_B11:;
      var_l5 = var_j0;
      var_j1 = var_p2;
      var_i0 = var_j0 >= var_j1;
      var_j1 = var_l4;
      var_j2 = var_l5;
      var_j1 += var_j2;
      var_j2 = var_p3;
      var_i1 = var_j1 <= var_j2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = 66632u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 -= var_i1;
        var_p1 = var_i0;
        var_j0 = var_l5;
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 172u);
        if (var_i1) {
          var_i1 = var_p0;
          var_i2 = var_p1;
          var_j1 = w2c_core_f8(instance, var_i1, var_i2);
          goto var_B15;
        }
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_l8 = var_i1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 56u);
        if (var_i1) {
          var_i1 = var_l8;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
          var_i2 = var_l8;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
          var_i3 = 9u;
          var_i2 >>= (var_i3 & 31);
          var_i3 = var_p1;
          var_i4 = 9u;
          var_i3 >>= (var_i4 & 31);
          var_i2 += var_i3;
          var_i3 = 2u;
          var_i2 <<= (var_i3 & 31);
          var_i1 += var_i2;
          var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_j2 = 21ull;
          var_j1 <<= (var_j2 & 63);
          var_i2 = var_p1;
          var_i3 = 511u;
          var_i2 &= var_i3;
          var_j2 = (u64)(var_i2);
          var_i3 = 65584u;
          var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
          var_j2 <<= (var_j3 & 63);
          var_j1 |= var_j2;
          goto var_B15;
        }
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_i2 = var_p1;
        var_j2 = (u64)(var_i2);
        var_i3 = 65584u;
        var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_j2 <<= (var_j3 & 63);
        var_j1 += var_j2;
        var_B15:;
        var_j2 = var_l4;
        var_j1 += var_j2;
        var_i0 = var_j0 != var_j1;
      } else {
        var_i0 = 1u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = 66632u;
        var_i1 = 66632u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        goto var_L9;
      }
    }
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f110(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = 3664u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 10u;
  var_i0 = w2c_core_f22(instance, var_i0);
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i1 = 0u;
    var_i2 = 4096u;
    memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
    var_i0 = var_l2;
    var_i1 = var_l3;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
    var_i0 = var_l2;
    var_i1 = 262144u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
    var_i0 = var_l2;
    var_i1 = 1u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65652u;
    var_i1 = 65652u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 66328u;
    var_i1 = 66328u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_l2 = var_i1;
    var_i2 = var_p0;
    var_i3 = 1u;
    var_i2 += var_i3;
    var_p0 = var_i2;
    var_i3 = var_p0;
    var_i4 = var_l2;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 1u;
  } else {
    var_i0 = 0u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_l1;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56, var_i1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f111(w2c_core* instance, u32 var_p0) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  if (var_i0) {
    var_i0 = 3120u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 65756u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65756u;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f112(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2432u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 11u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 2047u;
  var_i1 &= var_i2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_l1;
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l1;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f113(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 21634304u;
  var_i0 = var_i0 < var_i1;
  var_i1 = 0u;
  var_i2 = var_l2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_l2;
    var_i0 = w2c_core_f78(instance, var_i0);
  } else {
    var_i0 = 0u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  w2c_core_f114(instance, var_i0, var_i1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f114(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  w2c_core_f131(instance, var_i0, var_i1);
  var_i0 = var_l2;
  var_i1 = var_l2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f115(w2c_core* instance, u32 var_p0, u64 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1;
  var_i0 = 1u;
  var_i1 = 65768u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l3 = var_i0;
  var_j0 = var_p1;
  var_j1 = 21ull;
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_l4 = var_i0;
  var_i1 = var_p0;
  var_i2 = 2654435761u;
  var_i1 *= var_i2;
  var_i0 += var_i1;
  var_i1 = 2654435761u;
  var_i0 *= var_i1;
  var_i1 = 32u;
  var_i2 = var_l2;
  var_i1 -= var_i2;
  var_i0 >>= (var_i1 & 31);
  var_l2 = var_i0;
  var_L0: 
    var_i0 = 65740u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l5 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_l6 = var_i0;
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = 20u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = var_p0;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l5;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l4;
      var_i1 = var_i1 == var_i2;
      var_i0 &= var_i1;
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i0 &= var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 65740u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_p0 = var_i0;
  var_i1 = 1048575u;
  var_i0 &= var_i1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = 4294967295u;
  var_i2 = var_p0;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p0 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 4294967295u;
  } else {
    var_j0 = var_p1;
    var_i1 = 65584u;
    var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j0 >>= (var_j1 & 63);
    var_i0 = (u32)(var_j0);
    var_i1 = 511u;
    var_i0 &= var_i1;
    var_i1 = var_p0;
    var_i2 = 9u;
    var_i1 <<= (var_i2 & 31);
    var_i0 |= var_i1;
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f116(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i0 = 65784u;
  var_i1 = 65784u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 4294967295u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 68608u;
  var_i1 = 68608u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l2;
  var_i1 = 65684u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65684u;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  w2c_core_f114(instance, var_i0, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f117(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u64 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1, var_j2;
  var_i0 = 65568u;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_j1 = 6ull;
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_l3 = var_i0;
  var_i1 = 1u;
  var_i2 = var_l3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = var_p1;
  var_i0 -= var_i1;
  var_l5 = var_i0;
  var_p1 = var_i0;
  var_i0 = var_l5;
  var_i1 = 16u;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = var_l5;
    var_i1 = 31u;
    var_i2 = var_l5;
    var_i2 = I32_CLZ(var_i2);
    var_i1 -= var_i2;
    var_p1 = var_i1;
    var_i2 = 4u;
    var_i1 -= var_i2;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 15u;
    var_i0 &= var_i1;
    var_i1 = var_p1;
    var_i2 = 3u;
    var_i1 -= var_i2;
    var_i2 = 4u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_p1 = var_i0;
  }
  var_i0 = var_p1;
  var_i1 = 464u;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = 463u;
    var_p1 = var_i0;
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_l3 = var_i0;
  var_i1 = 4738816u;
  var_i0 += var_i1;
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 1u;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i0 = var_l4;
  var_i1 = var_l6;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l6;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 4740672u;
    var_i0 += var_i1;
    var_i1 = var_p1;
    var_i0 += var_i1;
    var_p1 = var_i0;
    var_i1 = var_p1;
    var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_p0 = var_i0;
  var_i1 = 4738768u;
  var_i0 += var_i1;
  var_p1 = var_i0;
  var_i1 = var_l5;
  var_j1 = (u64)(var_i1);
  var_l2 = var_j1;
  var_i2 = var_p1;
  var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_i0 = var_p0;
  var_i1 = 4738728u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_j1 = var_l2;
  var_i0 = var_j0 < var_j1;
  if (var_i0) {
    var_i0 = var_p0;
    var_j1 = var_l2;
    i64_atomic_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f118(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = var_p1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l2 = var_i0;
  var_i1 = 32u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 3584u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_p1;
  var_i1 = var_l2;
  var_i2 = 32u;
  var_i1 |= var_i2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_l2 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f119(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j1, var_j2;
  var_i0 = var_p1;
  var_i1 = 1u;
  var_i2 = var_p0;
  var_i3 = 10u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 542976u;
  var_i2 += var_i3;
  var_l3 = var_i2;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
  var_i3 = 6u;
  var_i2 -= var_i3;
  var_p0 = var_i2;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = var_p0;
  var_i0 >>= (var_i1 & 31);
  var_p0 = var_i0;
  var_i1 = 1u;
  var_i2 = var_p0;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l4 = var_i0;
  var_i1 = 64u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 2256u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l4;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = var_l3;
  var_i0 += var_i1;
  var_i1 = 124u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p0 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    var_p0 = var_i0;
    var_i0 = var_l3;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
    var_l6 = var_i0;
    var_i1 = var_l3;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
    var_i0 = var_i0 >= var_i1;
    if (var_i0) {goto var_B2;}
    var_i0 = var_l3;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_p0 = var_i0;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = var_l3;
      var_i2 = 384u;
      var_i1 += var_i2;
      var_i2 = var_p0;
      var_i3 = 1u;
      var_i2 -= var_i3;
      var_l7 = var_i2;
      var_i3 = 19u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l7;
      var_i3 = 7u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 4095u;
      var_i2 &= var_i3;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l7;
      var_i3 = 127u;
      var_i2 &= var_i3;
      var_i3 = 7u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
    } else {
      var_i0 = var_l3;
      var_i1 = 384u;
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
      var_l7 = var_i1;
      var_i2 = 19u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l8 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = w2c_core_f29(instance);
        var_p0 = var_i0;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = 0u;
          var_i2 = 16384u;
          memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
        }
        var_i0 = var_l8;
        var_i1 = var_p0;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      }
      var_i0 = 0u;
      var_p0 = var_i0;
      var_i0 = var_l8;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l8 = var_i0;
      if (var_i0) {
        var_i0 = var_l8;
        var_i1 = var_l7;
        var_i2 = 7u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 4095u;
        var_i1 &= var_i2;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l8 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l8;
          var_i1 = w2c_core_f29(instance);
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = var_l8;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 0u;
        var_i0 = var_i0 != var_i1;
      } else {
        var_i0 = 0u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B2;}
      var_i0 = var_l3;
      var_i1 = var_l7;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_p0 = var_i1;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
    }
    var_i0 = var_l3;
    var_i1 = var_l6;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
    var_i0 = var_l3;
    var_i1 = 4737280u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {goto var_B2;}
    var_i0 = 65788u;
    var_i1 = 65788u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    var_l6 = var_i1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l6;
    var_i1 = 65792u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 65792u;
      var_i1 = var_l6;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_B2:;
    var_i0 = var_p0;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 4294967295u;
      goto var_Bfunc;
    }
    var_i0 = var_l3;
    var_i1 = 384u;
    var_i0 += var_i1;
    var_i1 = var_p0;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_l6 = var_i1;
    var_i2 = 19u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l6;
    var_i2 = 7u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 4095u;
    var_i1 &= var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l6;
    var_i2 = 127u;
    var_i1 &= var_i2;
    var_i2 = 7u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l6 = var_i0;
    var_i1 = 0u;
    var_i2 = 128u;
    memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
    var_i0 = var_l6;
    var_i1 = var_l4;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l6;
    var_i1 = 512u;
    var_i2 = var_l4;
    var_i1 = DIV_U(var_i1, var_i2);
    var_l4 = var_i1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    var_i0 = var_l4;
    var_i1 = 512u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = 32u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i1 = var_l4;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_l7 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 4294967295u;
      var_i2 = var_l4;
      var_i1 <<= (var_i2 & 31);
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = var_l6;
      var_i1 = var_l7;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 255u;
      var_i2 = 15u;
      var_i3 = var_l7;
      var_i2 -= var_i3;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
    }
    var_i0 = var_l3;
    var_i1 = var_l5;
    var_i2 = var_p0;
    w2c_core_f121(instance, var_i0, var_i1, var_i2);
  }
  var_i0 = var_l3;
  var_i1 = 384u;
  var_i0 += var_i1;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_l4 = var_i1;
  var_i2 = 19u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l4;
  var_i2 = 7u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 4095u;
  var_i1 &= var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l4;
  var_i2 = 127u;
  var_i1 &= var_i2;
  var_i2 = 7u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i1 = 32u;
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_L12: 
    var_i0 = var_l2;
    var_i1 = 16u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = var_l2;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 4294967295u;
      var_i0 ^= var_i1;
      var_l8 = var_i0;
      var_i0 = I32_CTZ(var_i0);
      var_i1 = var_l2;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = var_l8;
      if (var_i0) {goto var_B11;}
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L12;
    }
  var_i0 = 2336u;
  var_i1 = 0u;
  var_i2 = 0u;
  var_i3 = 0u;
  w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  var_i0 = 0u;
  var_l4 = var_i0;
  var_B11:;
  var_i0 = var_l6;
  var_i1 = 32u;
  var_i0 += var_i1;
  var_i1 = var_l4;
  var_i2 = 5u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i1 = var_l2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i3 = var_l4;
  var_i2 <<= (var_i3 & 31);
  var_i1 |= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l6;
  var_i1 = var_l6;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_l2 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_l2;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_l5;
    var_i2 = var_p0;
    w2c_core_f120(instance, var_i0, var_i1, var_i2);
  }
  var_i0 = var_l3;
  var_i1 = var_l3;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 40u);
  var_i2 = var_p1;
  var_j2 = (u64)(var_i2);
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_j1);
  var_i0 = var_p0;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_i1 = 9u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = var_l4;
  var_i0 |= var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f120(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 384u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = var_p2;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_p2 = var_i1;
  var_i2 = 19u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p2;
  var_i2 = 7u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 4095u;
  var_i1 &= var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p2;
  var_i2 = 127u;
  var_i1 &= var_i2;
  var_i2 = 7u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_p2 = var_i0;
  var_i0 = var_l4;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l4 = var_i0;
  var_i0 = var_p2;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_p2;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_l3 = var_i1;
    var_i2 = 19u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l3;
    var_i2 = 7u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 4095u;
    var_i1 &= var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l3;
    var_i2 = 127u;
    var_i1 &= var_i2;
    var_i2 = 7u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_l4;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  }
  var_i0 = var_l4;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 384u;
    var_i0 += var_i1;
    var_i1 = var_l4;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_p0 = var_i1;
    var_i2 = 19u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 7u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 4095u;
    var_i1 &= var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 127u;
    var_i1 &= var_i2;
    var_i2 = 7u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_p2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  } else {
    var_i0 = var_p1;
    var_i1 = var_p2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f121(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 384u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = var_p2;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_p0 = var_i1;
  var_i2 = 19u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 7u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 4095u;
  var_i1 &= var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 127u;
  var_i1 &= var_i2;
  var_i2 = 7u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i1 = var_p1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_p0 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_l4;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_p0;
    var_i2 = 1u;
    var_i1 -= var_i2;
    var_p0 = var_i1;
    var_i2 = 19u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 7u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 4095u;
    var_i1 &= var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 127u;
    var_i1 &= var_i2;
    var_i2 = 7u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_p2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  }
  var_i0 = var_p1;
  var_i1 = var_p2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f122(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  if (var_i0) {
    var_i0 = 4464u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 66652u;
  var_i1 = 66652u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_p0;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 108u);
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 108, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_i1 = 1u;
    var_i0 -= var_i1;
    var_l2 = var_i0;
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192, var_i1);
    var_i0 = 65696u;
    var_i1 = 65696u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 4294967294u;
    var_i3 = var_l2;
    var_i2 = I32_ROTL(var_i2, var_i3);
    var_i1 &= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p0 = var_i0;
  var_L2: 
    var_i0 = var_p0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = I32_CTZ(var_i0);
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21536000u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = 2u;
        var_i1 = 1u;
        var_i2 = var_l1;
        var_i3 = 1u;
        var_i2 = var_i2 != var_i3;
        var_i3 = 0u;
        var_i4 = var_l3;
        var_i5 = 3u;
        var_i4 = var_i4 == var_i5;
        if (var_i4) {
          var_i4 = var_l2;
          var_i4 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 115u);
          if (var_i4) {
            var_i4 = var_l2;
            var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 88u);
            var_i5 = var_l2;
            var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 84u);
            var_i4 = var_i4 == var_i5;
          } else {
            var_i4 = 1u;
          }
        } else {
          var_i4 = 0u;
        }
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l1 = var_i0;
      }
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i2 = 1u;
      var_i1 -= var_i2;
      var_i0 &= var_i1;
      var_p0 = var_i0;
      goto var_L2;
    }
  var_i0 = 65764u;
  var_i1 = var_l1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f124(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p1 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_p0 = var_i0;
  var_i0 = w2c_core_f224(instance, var_i0);
  var_l2 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p1;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65784u;
  var_i1 = 65784u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 4294967295u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 68608u;
  var_i1 = 68608u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = 65684u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65684u;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f125(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f12(instance, var_i0, var_i1);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  }
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = 66320u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l2;
    goto var_Bfunc;
  }
  var_i0 = 65684u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 65684u;
    var_i1 = var_l2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68608u;
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_B3;
  }
  var_i0 = 0u;
  var_l2 = var_i0;
  var_i0 = 65668u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  var_i1 = 65664u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_i1 = 16384u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {goto var_B3;}
  var_i0 = 65680u;
  var_i1 = 65680u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65668u;
  var_i1 = var_l3;
  var_i2 = 16384u;
  var_i1 -= var_i2;
  var_l2 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_B3:;
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 4294967295u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l2;
  var_i1 = var_p0;
  var_i2 = var_p1;
  var_i0 = w2c_core_f126(instance, var_i0, var_i1, var_i2);
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f126(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = var_p0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p2;
  var_i1 = 4294966784u;
  var_i0 &= var_i1;
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i1 = 0u;
  var_i2 = 16384u;
  memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
  var_i0 = 65784u;
  var_i1 = 65784u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_L1: 
    var_i0 = var_l3;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l3;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_p1;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6, var_i1);
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L1;
    }
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p1;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_p1 = var_i0;
  var_i1 = var_p1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p2;
  var_i2 = 9u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_p2;
  var_i2 = 511u;
  var_i1 &= var_i2;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f127(w2c_core* instance, u64 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j0, var_j1;
  var_i0 = 66660u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = var_l1;
    var_j1 = var_p0;
    var_i0 = w2c_core_f73(instance, var_i0, var_j1);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 66660u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    goto var_Bfunc;
  }
  var_i0 = 65780u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_L2: 
    var_i0 = var_l2;
    var_i1 = var_l3;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_j0 = var_p0;
      var_i1 = var_l2;
      var_i2 = var_l3;
      var_i1 += var_i2;
      var_i2 = 1u;
      var_i1 >>= (var_i2 & 31);
      var_l1 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 21515520u;
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
      var_i0 = var_j0 >= var_j1;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l3 = var_i0;
      } else {
        var_i0 = var_l1;
        var_l2 = var_i0;
      }
      goto var_L2;
    }
  var_i0 = var_l3;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 2u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 21515516u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_j1 = var_p0;
    var_i0 = w2c_core_f73(instance, var_i0, var_j1);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 66660u;
    var_i1 = var_l3;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 21515516u;
    var_i1 += var_i2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 66660u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    goto var_Bfunc;
  }
  var_i0 = 0u;
  var_l3 = var_i0;
  var_L7: 
    var_i0 = var_l3;
    var_i1 = 65780u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 2u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 21515520u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_j1 = var_p0;
      var_i0 = w2c_core_f73(instance, var_i0, var_j1);
      if (var_i0) {
        var_i0 = 66660u;
        var_i1 = var_l3;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 21515520u;
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = 66660u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        goto var_Bfunc;
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L7;
    }
  var_i0 = 0u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f128(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 65780u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_L0: 
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 21515520u;
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 != var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l1;
  var_i1 = var_l2;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = 3760u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l1;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 21515520u;
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_p0;
  var_i2 = 4u;
  var_i1 += var_i2;
  var_i2 = var_l2;
  var_i3 = var_l1;
  var_i2 -= var_i3;
  var_i3 = 1u;
  var_i2 -= var_i3;
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
  var_i0 = 65780u;
  var_i1 = var_l2;
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f129(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  u64 var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j0, var_j1;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_l5 = var_j0;
  var_i0 = 65780u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  var_l1 = var_i0;
  var_L0: 
    var_i0 = var_l1;
    var_i1 = var_l4;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_j0 = var_l5;
      var_i1 = var_l1;
      var_i2 = var_l4;
      var_i1 += var_i2;
      var_i2 = 1u;
      var_i1 >>= (var_i2 & 31);
      var_l2 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 21515520u;
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
      var_i0 = var_j0 >= var_j1;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l4 = var_i0;
      } else {
        var_i0 = var_l2;
        var_l1 = var_i0;
      }
      goto var_L0;
    }
  var_i0 = var_l4;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 21515520u;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i1 = 4u;
  var_i0 += var_i1;
  var_i1 = var_l1;
  var_i2 = var_l3;
  var_i3 = var_l4;
  var_i2 -= var_i3;
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
  var_i0 = var_l1;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65780u;
  var_i1 = var_l3;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = 65776u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = 65776u;
    var_i1 = var_p0;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f130(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u64 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0;
  u64 var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j5;
  v128 var_o1;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_j0 = var_p3;
  var_j1 = 9223372036854775808ull;
  var_i0 = var_j0 != var_j1;
  var_l6 = var_i0;
  var_i0 = var_p1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p2;
    var_i1 = var_l5;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
    var_i0 = var_i0 == var_i1;
  }
  var_i1 = var_l6;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f128(instance, var_i0);
    var_i0 = var_l5;
    var_j1 = var_p3;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_j1);
    var_i0 = var_p0;
    w2c_core_f129(instance, var_i0);
    var_i0 = var_l5;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172, var_i1);
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_l5;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_i1 = 2u;
  var_i0 += var_i1;
  var_i1 = 56u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l9 = var_i0;
  var_L3: 
    var_i0 = var_l4;
    var_i1 = var_l9;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 172u);
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4741504u;
      var_i0 += var_i1;
      var_i1 = var_l4;
      var_i2 = 4u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_l8 = var_i0;
      var_i0 = var_l6;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l10 = var_j0;
      var_i0 = var_p2;
      var_i1 = var_l8;
      var_i0 = var_i0 <= var_i1;
      var_i1 = var_l8;
      var_i2 = var_l6;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
      var_i1 += var_i2;
      var_l7 = var_i1;
      var_i2 = var_p1;
      var_i1 = var_i1 <= var_i2;
      var_i0 |= var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l4 = var_i0;
        goto var_L3;
      }
      var_i0 = var_l6;
      var_i1 = var_p0;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4741504u;
      var_i1 += var_i2;
      var_i2 = var_l9;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 172u);
      var_i3 = 1u;
      var_i2 -= var_i3;
      var_l4 = var_i2;
      var_i3 = 4u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_o1 = v128_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      v128_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_o1);
      var_i0 = var_l9;
      var_i1 = var_l4;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172, var_i1);
      var_i0 = var_p1;
      var_i1 = var_l8;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l8;
        var_i2 = var_p1;
        var_i3 = var_l8;
        var_i2 -= var_i3;
        var_j3 = var_l10;
        w2c_core_f74(instance, var_i0, var_i1, var_i2, var_j3);
      }
      var_i0 = var_p2;
      var_i1 = var_l7;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p2;
        var_i2 = var_l7;
        var_i3 = var_p2;
        var_i2 -= var_i3;
        var_j3 = var_l10;
        var_j4 = 9223372036854775808ull;
        var_i3 = var_j3 == var_j4;
        if (var_i3) {
          var_j3 = 9223372036854775808ull;
        } else {
          var_j3 = var_l10;
          var_i4 = var_p2;
          var_i5 = var_l8;
          var_i4 -= var_i5;
          var_j4 = (u64)(var_i4);
          var_i5 = 65584u;
          var_j5 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
          var_j4 <<= (var_j5 & 63);
          var_j3 += var_j4;
        }
        w2c_core_f74(instance, var_i0, var_i1, var_i2, var_j3);
      }
      var_i0 = 0u;
      var_l4 = var_i0;
      goto var_L3;
    }
  var_i0 = var_l5;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i1 = var_p1;
  var_j1 = (u64)(var_i1);
  var_i2 = 65584u;
  var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_j1 <<= (var_j2 & 63);
  var_j0 += var_j1;
  var_j1 = var_p3;
  var_i0 = var_j0 != var_j1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p2;
    var_i3 = var_p1;
    var_i2 -= var_i3;
    var_j3 = var_p3;
    w2c_core_f74(instance, var_i0, var_i1, var_i2, var_j3);
  }
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f131(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j1;
  var_i0 = 1u;
  var_i1 = 65768u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l4 = var_i0;
  var_i0 = 1u;
  var_i1 = var_l2;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
  var_i1 = var_p1;
  var_i2 = var_l5;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
  var_i3 = 9u;
  var_i2 >>= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l5 = var_i0;
  var_i1 = var_p0;
  var_i2 = 2654435761u;
  var_i1 *= var_i2;
  var_i0 += var_i1;
  var_i1 = 2654435761u;
  var_i0 *= var_i1;
  var_i1 = 32u;
  var_i2 = var_l2;
  var_i1 -= var_i2;
  var_i0 >>= (var_i1 & 31);
  var_l2 = var_i0;
  var_L0: 
    var_i0 = 65740u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l6 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_l7 = var_i0;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = 20u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = var_p0;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l6;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l5;
      var_i1 = var_i1 == var_i2;
      var_i0 &= var_i1;
    } else {
      var_i0 = 1u;
    }
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i0 &= var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 65740u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2992u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65740u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = 65772u;
  var_i1 = 65772u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l2;
  var_i1 = 1u;
  var_i0 += var_i1;
  var_i1 = var_l4;
  var_i0 &= var_i1;
  var_l3 = var_i0;
  var_L4: 
    var_i0 = var_l3;
    var_i1 = 3u;
    var_i0 <<= (var_i1 & 31);
    var_l6 = var_i0;
    var_i1 = 65740u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_l7 = var_i1;
    var_i0 += var_i1;
    var_l8 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
    var_l5 = var_i0;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = var_l8;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l5;
      var_i3 = 20u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 2654435761u;
      var_i2 *= var_i3;
      var_i1 += var_i2;
      var_i2 = 2654435761u;
      var_i1 *= var_i2;
      var_i2 = 32u;
      var_i3 = 65768u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_i1 >>= (var_i2 & 31);
      var_i0 -= var_i1;
      var_i1 = var_l4;
      var_i0 &= var_i1;
      var_i1 = var_l3;
      var_i2 = var_l2;
      var_i1 -= var_i2;
      var_i2 = var_l4;
      var_i1 &= var_i2;
      var_i0 = var_i0 >= var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = var_l2;
        var_i2 = 3u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l8;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
        var_i0 = 65740u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l6;
        var_i0 += var_i1;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
        var_i0 = var_l3;
        var_l2 = var_i0;
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l4;
      var_i0 &= var_i1;
      var_l3 = var_i0;
      goto var_L4;
    }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_l2 = var_i0;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21511424u;
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
    var_i1 = var_p1;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
    var_i3 = 9u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 176u);
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 176, var_i1);
  }
  FUNC_EPILOGUE;
}

static u32 w2c_core_f132(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 68624u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = 68624u;
    var_i1 = 68616u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_l0;
    var_i3 = 10u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_l0;
    var_i3 = 1023u;
    var_i2 &= var_i3;
    var_i3 = 4u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l0;
    goto var_Bfunc;
  }
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 68616u;
    var_i1 = 12u;
    var_i1 = w2c_core_f22(instance, var_i1);
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68616u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = 68620u;
    var_i1 = 1u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 68620u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 10u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 4096u;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = w2c_core_f29(instance);
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 68620u;
  var_i1 = var_l0;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l0;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f133(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_l1 = var_i0;
  var_i0 = 68644u;
  var_i1 = 68644u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l1;
  if (var_i0) {
    var_i0 = 68616u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 10u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 1023u;
    var_i1 &= var_i2;
    var_i2 = 4u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = var_l1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  } else {
    var_i0 = 68616u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 10u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_i2 = 1023u;
    var_i1 &= var_i2;
    var_i2 = 4u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 68624u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68624u;
    var_i1 = var_p0;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 66316u;
    var_i1 = 66316u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f134(w2c_core* instance, u32 var_p0, u32 var_p1) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  u64 var_j1;
  var_i0 = var_p1;
  w2c_core_f70(instance, var_i0);
  var_i0 = var_p0;
  var_i1 = 65536u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  var_i0 = var_p0;
  var_i1 = 1u;
  var_i2 = 65584u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 <<= (var_i2 & 31);
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
  var_i0 = var_p0;
  var_j1 = 18446744073709551615ull;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
  FUNC_EPILOGUE;
}

static u32 w2c_core_f135(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p2;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l3 = var_i0;
  var_i1 = 1024u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_l4 = var_i0;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21511424u;
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = 66656u;
    var_i1 = 16u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l4;
  if (var_i0) {
    var_i0 = var_l4;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
      var_p0 = var_i0;
      var_i1 = 1024u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        var_i1 = 2560u;
        var_i0 += var_i1;
        var_i1 = var_p0;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_p1;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l4;
        var_i1 = var_l4;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
      }
    }
    var_i0 = 1u;
    goto var_Bfunc;
  }
  var_i0 = var_l3;
  var_i1 = 16384u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p2;
    var_i1 = var_p2;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 128u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  } else {
    var_i0 = var_l4;
    if (var_i0) {
      var_i0 = var_p2;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p2;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_l3 = var_i0;
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_l3 = var_i0;
          if (var_i0) {
            var_i0 = var_l3;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_l3 = var_i0;
        if (var_i0) {
          var_i0 = var_l3;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_p2;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 128u;
      var_i1 |= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_l4;
      var_i1 = var_p2;
      var_i2 = 1u;
      var_i0 = w2c_core_f55(instance, var_i0, var_i1, var_i2);
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
        var_p0 = var_i0;
        var_i1 = 1024u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = var_l4;
          var_i1 = 2560u;
          var_i0 += var_i1;
          var_i1 = var_p0;
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i1 = var_p1;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = var_l4;
          var_i1 = var_l4;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
          var_i2 = 1u;
          var_i1 += var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
        }
      }
    } else {
      var_i0 = 66648u;
      var_i1 = var_l4;
      var_i1 = !(var_i1);
      var_l3 = var_i1;
      if (var_i1) {
        var_i1 = var_l3;
      } else {
        var_i1 = var_l4;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_i1 = !(var_i1);
      }
      var_i2 = 0u;
      var_i3 = var_p1;
      var_i4 = 66644u;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_i3 = var_i3 == var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      if (var_i1) {
        var_i1 = 64u;
        var_i2 = 66648u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 1u;
        var_i2 <<= (var_i3 & 31);
        var_l3 = var_i2;
        var_i3 = var_l3;
        var_i4 = 64u;
        var_i3 = var_i3 >= var_i4;
        var_i1 = var_i3 ? var_i1 : var_i2;
      } else {
        var_i1 = 1u;
      }
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 1u;
      var_l3 = var_i0;
      var_i0 = var_p2;
      w2c_core_f31(instance, var_i0);
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      var_i0 = !(var_i0);
      if (var_i0) {
        var_L20: 
          var_i0 = var_l3;
          var_i1 = 66648u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i0 = var_i0 < var_i1;
          if (var_i0) {
            var_i0 = var_p1;
            var_i1 = var_l3;
            var_i0 += var_i1;
            var_p2 = var_i0;
            var_i1 = var_p0;
            var_i2 = 12u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = 4738304u;
            var_i1 += var_i2;
            var_l4 = var_i1;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
            var_i0 = var_i0 < var_i1;
            if (var_i0) {
              var_i0 = var_p2;
              var_i1 = 511u;
              var_i0 &= var_i1;
              var_i1 = 1u;
              var_i2 = var_l4;
              var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
              var_i0 = var_i2 ? var_i0 : var_i1;
            } else {
              var_i0 = 0u;
            }
          } else {
            var_i0 = 0u;
          }
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = var_p1;
            var_i2 = var_l3;
            var_i1 += var_i2;
            var_i0 = w2c_core_f4(instance, var_i0, var_i1);
            var_p2 = var_i0;
            if (var_i0) {
              var_i0 = var_p2;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
              var_i1 = 17920u;
              var_i0 &= var_i1;
              var_i1 = 1024u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_i0 = 76u;
                var_i1 = var_p2;
                var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i0 >>= (var_i1 & 31);
                var_i1 = 1u;
                var_i0 &= var_i1;
              } else {
                var_i0 = 0u;
              }
            } else {
              var_i0 = 0u;
            }
          } else {
            var_i0 = 0u;
          }
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = var_p1;
            var_i2 = var_l3;
            var_i1 += var_i2;
            var_i0 = w2c_core_f4(instance, var_i0, var_i1);
            w2c_core_f31(instance, var_i0);
            var_i0 = var_l3;
            var_i1 = 1u;
            var_i0 += var_i1;
            var_l3 = var_i0;
            goto var_L20;
          }
      }
      var_i0 = 66644u;
      var_i1 = var_p1;
      var_i2 = var_l3;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 18u;
      var_i1 = 15u;
      var_i2 = var_p0;
      var_i3 = var_p1;
      var_i4 = var_l3;
      w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
    }
  }
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f136(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113u);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
    var_i0 = var_p0;
    var_i1 = 1u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 65536u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l1 = var_i0;
    var_i0 = 65540u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l2 = var_i0;
    var_L3: 
      var_i0 = var_l1;
      var_i1 = var_l2;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = 1u;
        var_i1 = var_l2;
        var_i2 = 5u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 69632u;
        var_i1 += var_i2;
        var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 18u;
        var_i1 = var_i1 != var_i2;
        if (var_i1) {goto var_B2;}
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        goto var_L3;
      }
    var_i0 = 0u;
    var_B2:;
    if (var_i0) {
      var_i0 = 0u;
      goto var_Bfunc;
    }
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
    var_i0 = var_p0;
    var_i1 = 3u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
    var_i1 = 4u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 1u;
      i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112, var_i1);
    }
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 114u);
  var_i1 = !(var_i1);
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 114, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 114u);
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
    var_l3 = var_i0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 68u);
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l3;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 68, var_i1);
    } else {
      var_i0 = var_p0;
      var_i1 = 4096u;
      var_i2 = var_p0;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 64u);
      var_i3 = 1u;
      var_i2 <<= (var_i3 & 31);
      var_l3 = var_i2;
      var_i3 = var_l3;
      var_i4 = 4096u;
      var_i3 = var_i3 >= var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 64, var_i1);
    }
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
    var_l5 = var_i0;
    var_L9: 
      var_i0 = var_l2;
      var_i1 = var_l5;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 64u);
        var_i0 = var_i0 < var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 4096u;
        var_i1 = 65544u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 65552u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_i0 -= var_i1;
        var_i1 = 1024u;
        var_i0 = var_i0 > var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_i1 = var_p0;
        var_i2 = 6656u;
        var_i1 += var_i2;
        var_i2 = var_l2;
        var_i3 = 2u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_l3 = var_i1;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
        var_l4 = var_i0;
        if (var_i0) {
          var_i0 = 76u;
          var_i1 = var_l4;
          var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i0 >>= (var_i1 & 31);
          var_i1 = 1u;
          var_i0 &= var_i1;
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = var_l4;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 1024u;
          var_i0 &= var_i1;
        } else {
          var_i0 = 1u;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_l3;
          w2c_core_f81(instance, var_i0, var_i1);
          var_i0 = var_l1;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l1 = var_i0;
        }
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        goto var_L9;
      }
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
    var_i2 = var_l2;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
    var_i0 = var_p0;
    var_i1 = 6656u;
    var_i0 += var_i1;
    var_l1 = var_i0;
    var_i1 = var_l1;
    var_i2 = var_l2;
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 44u);
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
    var_i0 = var_p0;
    w2c_core_f58(instance, var_i0);
  }
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 114u);
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f137(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    var_i1 = 9u;
    var_i0 <<= (var_i1 & 31);
  } else {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  }
  var_l2 = var_i0;
  var_i0 = 8192u;
  var_i1 = 65696u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i1 = I32_POPCNT(var_i1);
  var_l3 = var_i1;
  var_i2 = 1u;
  var_i3 = var_l3;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = DIV_U(var_i0, var_i1);
  var_l3 = var_i0;
  var_i0 = 1024u;
  var_i1 = 4096u;
  var_i2 = 65544u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 65552u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_i1 -= var_i2;
  var_l4 = var_i1;
  var_i2 = 32u;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l4;
  var_i4 = 32u;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l4 = var_i1;
  var_i2 = var_l4;
  var_i3 = 1024u;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l4 = var_i0;
  var_L1: 
    var_i0 = var_l1;
    var_i1 = var_l3;
    var_i0 = var_i0 < var_i1;
    var_i1 = var_l2;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
    var_i1 = var_i1 > var_i2;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 4096u;
      var_i2 = 65544u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 65552u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_i1 -= var_i2;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
      var_i0 = w2c_core_f79(instance, var_i0, var_i1);
      var_l5 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l1 = var_i0;
        var_i0 = var_p0;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i2 = 9u;
        var_i1 <<= (var_i2 & 31);
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
        goto var_L1;
      }
      var_i0 = var_l1;
      var_i1 = 8u;
      var_i2 = 1u;
      var_i3 = var_p0;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 28u);
      var_l6 = var_i3;
      var_i3 = var_l5;
      var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
      var_l7 = var_i3;
      var_i4 = 2048u;
      var_i3 &= var_i4;
      var_i4 = 0u;
      var_i3 = var_i3 != var_i4;
      var_l1 = var_i3;
      if (var_i3) {
        var_i3 = var_p0;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 24u);
        var_i4 = 1u;
        var_i3 &= var_i4;
        var_l1 = var_i3;
      }
      var_i3 = 0u;
      var_i4 = var_l7;
      var_i5 = 1024u;
      var_i4 &= var_i5;
      var_i5 = 0u;
      var_i6 = var_l1;
      var_i4 = var_i6 ? var_i4 : var_i5;
      if (var_i4) {goto var_B6;}
      var_i3 = var_l5;
      var_i3 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_l7 = var_i3;
      var_i3 = var_p0;
      var_i4 = var_l5;
      var_i5 = var_l6;
      var_i3 = w2c_core_f39(instance, var_i3, var_i4, var_i5);
      if (var_i3) {
        var_i3 = var_l5;
        var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
        var_l7 = var_i3;
        var_i4 = 512u;
        var_i3 &= var_i4;
        if (var_i3) {
          var_i3 = var_l5;
          var_i4 = var_l7;
          var_i5 = 4294966783u;
          var_i4 &= var_i5;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2, var_i4);
          var_i3 = var_p0;
          if (var_i3) {
            var_i3 = var_p0;
            var_i4 = var_p0;
            var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 16u);
            var_i5 = 1u;
            var_i4 -= var_i5;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 16, var_i4);
          }
        }
        var_i3 = var_l1;
        var_i3 = !(var_i3);
        if (var_i3) {
          var_i3 = var_p0;
          var_i4 = var_l6;
          w2c_core_f38(instance, var_i3, var_i4);
        }
        var_i3 = var_p0;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 24u);
        var_i4 = 2u;
        var_i3 &= var_i4;
        if (var_i3) {
          var_i3 = var_l5;
          var_i4 = var_l5;
          var_i4 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 2u);
          var_i5 = 2048u;
          var_i4 |= var_i5;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2, var_i4);
        }
        var_i3 = var_l1;
        var_i3 = !(var_i3);
        goto var_B6;
      }
      var_i3 = var_l7;
      var_i4 = 8u;
      var_i3 = var_i3 == var_i4;
      if (var_i3) {
        var_i3 = var_p0;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 8u);
        var_l1 = var_i3;
        var_i4 = 6u;
        var_i3 = var_i3 == var_i4;
        var_i4 = 1u;
        var_i5 = var_l1;
        var_i3 = var_i5 ? var_i3 : var_i4;
        if (var_i3) {
          var_i3 = 1u;
        } else {
          var_i3 = var_p0;
          var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 8u);
          var_i4 = 5u;
          var_i3 = var_i3 == var_i4;
        }
        var_i3 = !(var_i3);
        if (var_i3) {
          var_i3 = var_p0;
          var_i4 = 5u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 8, var_i4);
          var_i3 = var_p0;
          var_i4 = var_l6;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 32, var_i4);
          var_i3 = var_p0;
          var_i4 = 1u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 36, var_i4);
          var_i3 = var_p0;
          var_i4 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 40, var_i4);
        }
        var_i3 = 1u;
        goto var_B6;
      }
      var_i3 = var_l1;
      var_i3 = !(var_i3);
      if (var_i3) {
        var_i3 = var_l5;
        var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
        var_l8 = var_i3;
        var_i4 = 512u;
        var_i3 &= var_i4;
        var_i3 = !(var_i3);
        if (var_i3) {
          var_i3 = var_l5;
          var_i4 = var_l8;
          var_i5 = 512u;
          var_i4 |= var_i5;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2, var_i4);
          var_i3 = var_p0;
          var_i4 = var_p0;
          var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 16u);
          var_i5 = 1u;
          var_i4 += var_i5;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 16, var_i4);
        }
      }
      var_i3 = var_l1;
      var_i3 = !(var_i3);
      var_i4 = 76u;
      var_i5 = var_l7;
      var_i4 >>= (var_i5 & 31);
      var_i5 = 1u;
      var_i4 &= var_i5;
      var_i4 = !(var_i4);
      if (var_i4) {goto var_B6;}
      var_i3 = var_l5;
      var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2u);
      var_l8 = var_i3;
      var_i4 = 1024u;
      var_i3 &= var_i4;
      if (var_i3) {
        var_i3 = var_p0;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 24u);
        var_i4 = 16u;
        var_i3 &= var_i4;
        if (var_i3) {
          var_i3 = var_l5;
          var_i4 = var_l8;
          var_i5 = 2048u;
          var_i4 |= var_i5;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 2, var_i4);
        }
        var_i3 = var_l1;
        var_i3 = !(var_i3);
        goto var_B6;
      }
      var_i3 = var_l7;
      var_i4 = 6u;
      var_i3 = var_i3 == var_i4;
      if (var_i3) {
        var_i3 = 0u;
      } else {
        var_i3 = var_l5;
        var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 4u);
      }
      var_i3 = !(var_i3);
      if (var_i3) {
        var_i3 = var_p0;
        var_i4 = var_l6;
        w2c_core_f81(instance, var_i3, var_i4);
      }
      var_i3 = 1u;
      var_B6:;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
      goto var_L1;
    }
  var_i0 = var_p0;
  w2c_core_f58(instance, var_i0);
  var_i0 = var_p0;
  w2c_core_f30(instance, var_i0);
  var_i0 = var_l2;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113u);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = 2u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
    var_i0 = var_p0;
    var_i1 = 4096u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 68, var_i1);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f138(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u64 var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    var_i1 = 9u;
    var_i0 <<= (var_i1 & 31);
  } else {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  }
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l2 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 4u;
    var_i1 = 14u;
    var_i2 = var_l2;
    var_i3 = 0u;
    var_i4 = var_l4;
    w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
    goto var_Bfunc;
  }
  var_j0 = 1ull;
  var_i1 = 65584u;
  var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j0 <<= (var_j1 & 63);
  var_l7 = var_j0;
  var_i0 = 1u;
  var_l2 = var_i0;
  var_L2: 
    var_i0 = var_l2;
    var_i1 = var_l4;
    var_i0 = var_i0 <= var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = var_l4;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 -= var_i1;
        var_l6 = var_i0;
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_l3 = var_i0;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l2;
          var_j0 = w2c_core_f8(instance, var_i0, var_i1);
          goto var_B5;
        }
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_l5 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
        if (var_i0) {
          var_i0 = var_l5;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
          var_i1 = var_l5;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i2 = 9u;
          var_i1 >>= (var_i2 & 31);
          var_i2 = var_l2;
          var_i3 = 9u;
          var_i2 >>= (var_i3 & 31);
          var_i1 += var_i2;
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_j1 = 21ull;
          var_j0 <<= (var_j1 & 63);
          var_i1 = var_l2;
          var_i2 = 511u;
          var_i1 &= var_i2;
          var_j1 = (u64)(var_i1);
          var_i2 = 65584u;
          var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_j1 <<= (var_j2 & 63);
          var_j0 |= var_j1;
          goto var_B5;
        }
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = var_l2;
        var_j1 = (u64)(var_i1);
        var_i2 = 65584u;
        var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_j1 <<= (var_j2 & 63);
        var_j0 += var_j1;
        var_B5:;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
        var_l5 = var_i1;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 172u);
        if (var_i1) {
          var_i1 = var_l5;
          var_i2 = var_l6;
          var_j1 = w2c_core_f8(instance, var_i1, var_i2);
          goto var_B8;
        }
        var_i1 = var_l5;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_l3 = var_i1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 56u);
        if (var_i1) {
          var_i1 = var_l3;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
          var_i2 = var_l3;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
          var_i3 = 9u;
          var_i2 >>= (var_i3 & 31);
          var_i3 = var_l6;
          var_i4 = 9u;
          var_i3 >>= (var_i4 & 31);
          var_i2 += var_i3;
          var_i3 = 2u;
          var_i2 <<= (var_i3 & 31);
          var_i1 += var_i2;
          var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_j2 = 21ull;
          var_j1 <<= (var_j2 & 63);
          var_i2 = var_l6;
          var_i3 = 511u;
          var_i2 &= var_i3;
          var_j2 = (u64)(var_i2);
          var_i3 = 65584u;
          var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
          var_j2 <<= (var_j3 & 63);
          var_j1 |= var_j2;
          goto var_B8;
        }
        var_i1 = var_l5;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_i2 = var_l6;
        var_j2 = (u64)(var_i2);
        var_i3 = 65584u;
        var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_j2 <<= (var_j3 & 63);
        var_j1 += var_j2;
        var_B8:;
        var_j2 = var_l7;
        var_j1 += var_j2;
        var_i0 = var_j0 == var_j1;
      } else {
        var_i0 = 0u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_l3 = var_i0;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l1;
          var_j0 = w2c_core_f8(instance, var_i0, var_i1);
          goto var_B12;
        }
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_l5 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
        if (var_i0) {
          var_i0 = var_l5;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
          var_i1 = var_l5;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i2 = 9u;
          var_i1 >>= (var_i2 & 31);
          var_i2 = var_l1;
          var_i3 = 9u;
          var_i2 >>= (var_i3 & 31);
          var_i1 += var_i2;
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_j1 = 21ull;
          var_j0 <<= (var_j1 & 63);
          var_i1 = var_l1;
          var_i2 = 511u;
          var_i1 &= var_i2;
          var_j1 = (u64)(var_i1);
          var_i2 = 65584u;
          var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_j1 <<= (var_j2 & 63);
          var_j0 |= var_j1;
          goto var_B12;
        }
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = var_l1;
        var_j1 = (u64)(var_i1);
        var_i2 = 65584u;
        var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_j1 <<= (var_j2 & 63);
        var_j0 += var_j1;
        var_B12:;
        var_j1 = 9223372036854775808ull;
        var_i0 = var_j0 < var_j1;
        if (var_i0) {
          var_i0 = 4u;
          var_i1 = 14u;
          var_i2 = var_p0;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
          var_i3 = var_l1;
          var_i4 = var_l2;
          var_i5 = var_l1;
          var_i4 -= var_i5;
          w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
        }
        var_i0 = var_l2;
        var_l1 = var_i0;
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L2;
    }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f155(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l3;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    var_i1 = 9u;
    var_i0 <<= (var_i1 & 31);
  } else {
    var_i0 = var_l3;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  }
  var_l5 = var_i0;
  var_i0 = 8192u;
  var_i1 = 65696u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i1 = I32_POPCNT(var_i1);
  var_l3 = var_i1;
  var_i2 = 1u;
  var_i3 = var_l3;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = DIV_U(var_i0, var_i1);
  var_l6 = var_i0;
  var_i0 = 1024u;
  var_i1 = 4096u;
  var_i2 = 65544u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 65552u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_i1 -= var_i2;
  var_l3 = var_i1;
  var_i2 = 32u;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l3;
  var_i4 = 32u;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l3 = var_i1;
  var_i2 = var_l3;
  var_i3 = 1024u;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l7 = var_i0;
  var_L1: 
    var_i0 = var_l4;
    var_i1 = var_l6;
    var_i0 = var_i0 < var_i1;
    var_i1 = var_l5;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
    var_i1 = var_i1 > var_i2;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = 4096u;
      var_i2 = 65544u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 65552u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_i1 -= var_i2;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l9 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l4;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l4 = var_i0;
        var_i0 = var_p0;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i2 = 9u;
        var_i1 <<= (var_i2 & 31);
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
        goto var_L1;
      }
      var_i0 = var_l4;
      var_i1 = 8u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = var_l9;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_l3 = var_i0;
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l9;
        var_i1 = var_l3;
        var_i2 = 4294966783u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_p0;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_p0;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i2 = 1u;
          var_i1 -= var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
        }
      }
      var_i0 = var_p0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 124u);
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = var_l9;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 4u;
        var_i0 &= var_i1;
        var_i1 = 0u;
        var_i0 = var_i0 != var_i1;
        var_l3 = var_i0;
      }
      var_i0 = var_l3;
      if (var_i0) {
        var_i0 = var_l9;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 4u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_l9;
        var_i1 = 0u;
        var_i2 = 0u;
        w2c_core_f19(instance, var_i0, var_i1, var_i2);
      } else {
        var_i0 = var_l3;
        if (var_i0) {
          var_i0 = var_l9;
          var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l3 = var_i0;
          var_i0 = !(var_i0);
          var_i1 = var_l3;
          var_i2 = 7u;
          var_i1 = var_i1 == var_i2;
          var_i0 |= var_i1;
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
          var_i1 = var_p0;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
          var_i2 = var_l9;
          var_i3 = 1u;
          var_i4 = 0u;
          var_i5 = 0u;
          var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
        }
      }
      var_i0 = var_l9;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_l3 = var_i0;
      var_i1 = 1024u;
      var_i0 &= var_i1;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_l8 = var_i0;
      var_i0 = var_p0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 125u);
      if (var_i0) {
        var_i0 = var_l8;
        if (var_i0) {
          var_i0 = var_l9;
          var_i1 = var_l3;
          var_i2 = 4294967167u;
          var_i1 &= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        }
        var_i0 = var_l9;
        var_i1 = var_l9;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294964223u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      }
      var_i0 = var_l1;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
        var_i1 = var_l1;
        var_i2 = var_l2;
        var_i1 += var_i2;
        var_i0 = var_i0 == var_i1;
        var_l3 = var_i0;
      }
      var_i0 = var_l3;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
        var_i0 = !(var_i0);
        var_l3 = var_i0;
      }
      var_i0 = var_l8;
      var_i1 = 0u;
      var_i2 = var_l3;
      if (var_i2) {
        var_i2 = var_p0;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
        var_i3 = 511u;
        var_i2 &= var_i3;
        var_i3 = 1u;
        var_i4 = var_p0;
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 12u);
        var_i5 = 12u;
        var_i4 <<= (var_i5 & 31);
        var_i5 = 4738304u;
        var_i4 += var_i5;
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 56u);
        var_i2 = var_i4 ? var_i2 : var_i3;
      } else {
        var_i2 = var_l3;
      }
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i1 = 1u;
      var_i2 = var_l1;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = 18u;
        var_i1 = 15u;
        var_i2 = var_p0;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
        var_i3 = var_l2;
        var_i4 = var_l1;
        w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
        var_i0 = 0u;
        var_l1 = var_i0;
      }
      var_i0 = var_l8;
      var_i1 = 0u;
      var_i2 = var_p0;
      var_i2 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 125u);
      var_i0 = var_i2 ? var_i0 : var_i1;
      if (var_i0) {
        var_i0 = var_l1;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
          var_l2 = var_i0;
        }
        var_i0 = var_l1;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l1 = var_i0;
      }
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
      goto var_L1;
    }
  var_i0 = var_l1;
  if (var_i0) {
    var_i0 = 18u;
    var_i1 = 15u;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
    var_i3 = var_l2;
    var_i4 = var_l1;
    w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
  }
  var_i0 = var_l5;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 124u);
  if (var_i0) {
    var_i0 = var_p0;
    w2c_core_f138(instance, var_i0);
  }
  var_i0 = var_p0;
  w2c_core_f82(instance, var_i0);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f156(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0, var_l14 = 0;
  u64 var_l15 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
  var_l8 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  var_l12 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l9 = var_i0;
  var_i0 = var_p0;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
  var_l15 = var_j0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
  var_l10 = var_i0;
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 1u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_j0 = var_l15;
    var_j1 = 0ull;
    var_i0 = (u64)((s64)var_j0 > (s64)var_j1);
    if (var_i0) {
      var_j0 = var_l15;
      var_i1 = 65584u;
      var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_j0 = (u64)((s64)var_j0 >> (var_j1 & 63));
      var_i0 = (u32)(var_j0);
    } else {
      var_i0 = 0u;
    }
    var_l2 = var_i0;
  }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = var_l6;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
    var_l3 = var_i0;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21511424u;
      var_i0 += var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  var_l13 = var_i0;
  if (var_i0) {
    var_i0 = var_l13;
    var_i1 = var_l13;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 108u);
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 108, var_i1);
    var_i0 = 66652u;
    var_i1 = 66652u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l2;
  var_i1 = 0u;
  var_i2 = var_l13;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = 6u;
    var_i1 = var_l6;
    var_i2 = var_l8;
    var_i3 = var_l12;
    var_i4 = var_l2;
    var_i5 = 0u;
    var_i6 = 0u;
    w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
    var_i0 = var_l13;
    var_i1 = var_l2;
    var_i2 = var_l13;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 20u);
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
  }
  var_L6: 
    var_i0 = var_l2;
    var_i1 = var_l4;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = var_l4;
      var_i2 = var_l8;
      var_i1 += var_i2;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l14 = var_i0;
      var_i1 = var_l14;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 4294950911u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = 0u;
      var_l3 = var_i0;
      var_i0 = var_l13;
      if (var_i0) {
        var_i0 = var_l13;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {goto var_B8;}
      var_i0 = var_l14;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_l11 = var_i0;
      var_i0 = var_l13;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = var_l13;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
        var_i1 = 2u;
        var_i0 &= var_i1;
        var_i1 = 0u;
        var_i0 = var_i0 != var_i1;
        var_l3 = var_i0;
      }
      var_i0 = var_l11;
      var_i1 = 1024u;
      var_i0 &= var_i1;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l11;
        var_i1 = 256u;
        var_i0 &= var_i1;
        var_i1 = 1u;
        var_i2 = var_l3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l14;
          var_i1 = var_l14;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 2048u;
          var_i1 |= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        }
        var_i0 = 0u;
        var_l3 = var_i0;
        goto var_B8;
      }
      var_i0 = var_l11;
      var_i1 = 128u;
      var_i0 &= var_i1;
      var_i1 = 1u;
      var_i2 = var_l3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l13;
        if (var_i0) {
          var_i0 = var_l13;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
          var_i1 = 16u;
          var_i0 &= var_i1;
        } else {
          var_i0 = 1u;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l14;
          var_i1 = var_l14;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 2048u;
          var_i1 |= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        }
        var_i0 = 0u;
        var_l3 = var_i0;
        goto var_B8;
      }
      var_i0 = var_l14;
      var_i1 = var_l14;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 4294964095u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = 1u;
      var_l3 = var_i0;
      var_B8:;
      var_i0 = var_l3;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = var_l7;
        var_i0 += var_i1;
        var_i1 = var_l4;
        var_i2 = var_l8;
        var_i1 += var_i2;
        var_i0 = var_i0 != var_i1;
        var_i1 = 0u;
        var_i2 = var_l1;
        var_i0 = var_i2 ? var_i0 : var_i1;
        if (var_i0) {
          var_i0 = 18u;
          var_i1 = 15u;
          var_i2 = var_l6;
          var_i3 = var_l7;
          var_i4 = var_l1;
          w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
          var_i0 = 0u;
          var_l1 = var_i0;
        }
        var_i0 = var_l7;
        var_i1 = var_l4;
        var_i2 = var_l8;
        var_i1 += var_i2;
        var_i2 = var_l1;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l7 = var_i0;
        var_i0 = var_l1;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l1 = var_i0;
      }
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L6;
    }
  var_i0 = var_l1;
  if (var_i0) {
    var_i0 = 18u;
    var_i1 = 15u;
    var_i2 = var_l6;
    var_i3 = var_l7;
    var_i4 = var_l1;
    w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
  }
  var_i0 = var_l13;
  var_i0 = !(var_i0);
  var_i1 = var_l2;
  var_i2 = var_l10;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = var_l12;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i0 = var_l10;
  var_i1 = var_l2;
  var_i0 -= var_i1;
  var_l3 = var_i0;
  var_L20: 
    var_i0 = var_l3;
    var_i1 = var_l5;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l13;
      var_i1 = 512u;
      var_i0 += var_i1;
      var_i1 = var_l1;
      var_i2 = var_l5;
      var_i1 += var_i2;
      var_l4 = var_i1;
      var_i2 = 5u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l7 = var_i0;
      var_i1 = var_l7;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i3 = var_l4;
      var_i2 <<= (var_i3 & 31);
      var_i1 |= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      goto var_L20;
    }
  var_i0 = var_l13;
  var_i1 = var_l13;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 88u);
  var_i2 = var_l3;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 88, var_i1);
  var_L22: 
    var_i0 = var_l2;
    var_i1 = var_l10;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = var_l2;
      var_i2 = var_l8;
      var_i1 += var_i2;
      var_l1 = var_i1;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l3 = var_i0;
      var_i0 = var_p0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l3;
      var_i2 = var_l3;
      var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2u);
      var_i3 = 4294950911u;
      var_i2 &= var_i3;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2, var_i2);
      var_i1 = 21u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l13;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_l4 = var_i0;
        var_i1 = 6u;
        var_i0 = var_i0 == var_i1;
        var_i1 = 1u;
        var_i2 = var_l4;
        var_i0 = var_i2 ? var_i0 : var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l13;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 5u;
          var_i0 = var_i0 == var_i1;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l13;
          var_i1 = 5u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
          var_i0 = var_l13;
          var_i1 = var_l1;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
          var_i0 = var_l13;
          var_i1 = 2u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
          var_i0 = var_l13;
          var_i1 = var_l9;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
        }
      } else {
        var_i0 = 76u;
        var_i1 = var_l3;
        var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 >>= (var_i1 & 31);
        var_i1 = 1u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l13;
          var_i1 = var_l13;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 80u);
          var_i2 = 1u;
          var_i1 += var_i2;
          var_l4 = var_i1;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 80, var_i1);
          var_i0 = var_l4;
          var_i1 = 100000u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_l13;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_l4 = var_i0;
            var_i1 = 6u;
            var_i0 = var_i0 == var_i1;
            var_i1 = 1u;
            var_i2 = var_l4;
            var_i0 = var_i2 ? var_i0 : var_i1;
            if (var_i0) {
              var_i0 = 1u;
            } else {
              var_i0 = var_l13;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
              var_i1 = 5u;
              var_i0 = var_i0 == var_i1;
            }
            var_i0 = !(var_i0);
            if (var_i0) {
              var_i0 = var_l13;
              var_i1 = 5u;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
              var_i0 = var_l13;
              var_i1 = var_l1;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
              var_i0 = var_l13;
              var_i1 = 1u;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
              var_i0 = var_l13;
              var_i1 = var_l9;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
            }
          }
        } else {
          var_i0 = var_l13;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_l4 = var_i0;
          var_i1 = 6u;
          var_i0 = var_i0 == var_i1;
          var_i1 = 1u;
          var_i2 = var_l4;
          var_i0 = var_i2 ? var_i0 : var_i1;
          if (var_i0) {
            var_i0 = 1u;
          } else {
            var_i0 = var_l13;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_i1 = 5u;
            var_i0 = var_i0 == var_i1;
          }
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_l13;
            var_i1 = 5u;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l1;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
            var_i0 = var_l13;
            var_i1 = 6u;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l9;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
          }
        }
      }
      var_i0 = var_l13;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_l4 = var_i0;
        var_i1 = 512u;
        var_i0 &= var_i1;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l4;
          var_i2 = 512u;
          var_i1 |= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          var_i0 = var_l13;
          var_i1 = var_l13;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i2 = 1u;
          var_i1 += var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
        }
        var_i0 = var_l3;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 128u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l13;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
          var_l3 = var_i0;
          var_i1 = 1024u;
          var_i0 = var_i0 != var_i1;
          if (var_i0) {
            var_i0 = var_l13;
            var_i1 = 2560u;
            var_i0 += var_i1;
            var_i1 = var_l3;
            var_i2 = 2u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i1 = var_l1;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
            var_i0 = var_l13;
            var_i1 = var_l13;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
            var_i2 = 1u;
            var_i1 += var_i2;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
          }
        }
        var_i0 = 65648u;
        var_i1 = 1u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L22;
    }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f157(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j1, var_j2;
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 115, var_i1);
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 116, var_i1);
  var_L0: 
    var_i0 = var_l3;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 52u);
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_i1 = var_p0;
      var_i2 = 23040u;
      var_i1 += var_i2;
      var_i2 = var_l3;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_l2 = var_i1;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l4 = var_i0;
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 512u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l4;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
          var_l5 = var_i0;
          var_i0 = 65696u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          if (var_i0) {
            var_i0 = var_l5;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
            var_l5 = var_i0;
            if (var_i0) {
              var_i0 = var_l5;
              var_i1 = 24576u;
              var_i0 *= var_i1;
              var_i1 = 21511424u;
              var_i0 += var_i1;
            } else {
              var_i0 = 0u;
            }
          } else {
            var_i0 = 0u;
          }
          var_l5 = var_i0;
          if (var_i0) {
            var_i0 = var_l5;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_i1 = 3u;
            var_i0 = var_i0 == var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 = var_i0 != var_i1;
      } else {
        var_i0 = 1u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 23040u;
        var_i0 += var_i1;
        var_i1 = var_l1;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l1;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l1 = var_i0;
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L0;
    }
  var_i0 = var_p0;
  var_i1 = var_l1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113u);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 6656u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l1 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_l2 = var_i0;
    var_i1 = 6u;
    var_i0 = var_i0 == var_i1;
    var_i1 = 1u;
    var_i2 = var_l2;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 5u;
      var_i0 = var_i0 == var_i1;
    }
    if (var_i0) {goto var_B10;}
    var_i0 = var_p0;
    var_i1 = 5u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
    var_i0 = var_p0;
    var_i1 = var_l1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
    var_i0 = var_p0;
    var_i1 = 4u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
    var_B10:;
  }
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L12: 
    var_i0 = var_l1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l1;
      var_l2 = var_i0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i0 = var_p0;
      var_i1 = var_p0;
      var_i2 = 6656u;
      var_i1 += var_i2;
      var_i2 = var_l2;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      w2c_core_f38(instance, var_i0, var_i1);
      goto var_L12;
    }
  var_i0 = var_p0;
  w2c_core_f30(instance, var_i0);
  var_i0 = var_l1;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
  var_l5 = var_i0;
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L16: 
    var_i0 = var_l1;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 512u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 1u;
      var_l2 = var_i0;
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_i1 = var_p0;
      var_i2 = 2560u;
      var_i1 += var_i2;
      var_i2 = var_l1;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_l3 = var_i1;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l6 = var_i0;
      if (var_i0) {
        var_i0 = var_l6;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 512u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l6;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
          var_l7 = var_i0;
          var_i0 = 65696u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          if (var_i0) {
            var_i0 = var_l7;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
            var_l7 = var_i0;
            if (var_i0) {
              var_i0 = var_l7;
              var_i1 = 24576u;
              var_i0 *= var_i1;
              var_i1 = 21511424u;
              var_i0 += var_i1;
            } else {
              var_i0 = 0u;
            }
          } else {
            var_i0 = 0u;
          }
          var_l7 = var_i0;
          if (var_i0) {
            var_i0 = var_l7;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_i1 = 3u;
            var_i0 = var_i0 == var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_L26: 
          var_i0 = var_l1;
          var_i1 = var_l2;
          var_i0 += var_i1;
          var_l7 = var_i0;
          var_i1 = var_p0;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
          var_i0 = var_i0 < var_i1;
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = 2560u;
            var_i0 += var_i1;
            var_i1 = var_l7;
            var_i2 = 2u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_i1 = var_l2;
            var_i2 = var_l3;
            var_i1 += var_i2;
            var_i0 = var_i0 == var_i1;
          } else {
            var_i0 = 0u;
          }
          if (var_i0) {
            var_i0 = var_l2;
            var_i1 = 1u;
            var_i0 += var_i1;
            var_l2 = var_i0;
            goto var_L26;
          }
        var_i0 = var_p0;
        var_i1 = var_l6;
        var_i2 = var_l3;
        var_i3 = var_l2;
        var_i0 = w2c_core_f83(instance, var_i0, var_i1, var_i2, var_i3);
        var_l2 = var_i0;
        var_i0 = !(var_i0);
        if (var_i0) {goto var_B19;}
      }
      var_i0 = var_l1;
      var_i1 = var_l2;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L16;
      var_B19:;
    }
  var_i0 = var_l1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
    var_i2 = var_l1;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
    var_i0 = var_p0;
    var_i1 = 2560u;
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i1 = var_l2;
    var_i2 = var_l1;
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = var_p0;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 48u);
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    var_i1 = 9u;
    var_i0 <<= (var_i1 & 31);
  } else {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  }
  var_l6 = var_i0;
  var_i0 = 8192u;
  var_i1 = 65696u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i1 = I32_POPCNT(var_i1);
  var_l2 = var_i1;
  var_i2 = 1u;
  var_i3 = var_l2;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l2 = var_i1;
  var_i0 = DIV_U(var_i0, var_i1);
  var_l7 = var_i0;
  var_i0 = 66656u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i0 = DIV_U(var_i0, var_i1);
  var_l2 = var_i0;
  var_i1 = 1u;
  var_i2 = var_l2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l9 = var_i0;
  var_i0 = 0u;
  var_l2 = var_i0;
  var_i0 = 0u;
  var_l3 = var_i0;
  var_L31: 
    var_i0 = var_l3;
    var_i1 = var_l9;
    var_i0 = var_i0 < var_i1;
    var_i1 = 0u;
    var_i2 = var_l2;
    var_i3 = var_l7;
    var_i2 = var_i2 < var_i3;
    var_i3 = 0u;
    var_i4 = var_p0;
    var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 16u);
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 512u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 84u);
      var_i1 = 3u;
      var_i0 += var_i1;
      var_i1 = 2u;
      var_i0 >>= (var_i1 & 31);
      var_l8 = var_i0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 88u);
      var_l10 = var_i1;
      var_i0 -= var_i1;
      var_i1 = 0u;
      var_i2 = var_l8;
      var_i3 = var_l10;
      var_i2 = var_i2 > var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l10 = var_i0;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 52u);
      var_l11 = var_i1;
      var_i0 = var_i0 <= var_i1;
      if (var_i0) {goto var_B35;}
      var_i0 = var_l6;
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
      var_i0 = var_i0 <= var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
        goto var_B35;
      }
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_i1 = var_p0;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l8 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        var_i0 = var_p0;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i2 = 9u;
        var_i1 <<= (var_i2 & 31);
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
        goto var_L31;
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = var_l8;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l8;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_l12 = var_i0;
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_l12;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_l12 = var_i0;
          if (var_i0) {
            var_i0 = var_l12;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_l12 = var_i0;
        if (var_i0) {
          var_i0 = var_l12;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p0;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 28u);
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
        goto var_L31;
      }
      var_i0 = var_p0;
      var_i1 = var_l8;
      var_i2 = var_p0;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
      var_i3 = var_l10;
      var_i4 = var_l11;
      var_i3 -= var_i4;
      var_l8 = var_i3;
      var_i4 = var_l9;
      var_i5 = var_l3;
      var_i4 -= var_i5;
      var_l10 = var_i4;
      var_i5 = var_l8;
      var_i6 = var_l10;
      var_i5 = var_i5 < var_i6;
      var_i3 = var_i5 ? var_i3 : var_i4;
      var_i0 = w2c_core_f83(instance, var_i0, var_i1, var_i2, var_i3);
      var_l8 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B35;}
      var_i0 = var_l3;
      var_i1 = var_l8;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = var_p0;
      var_i1 = var_l8;
      var_i2 = var_p0;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_i1);
      goto var_L31;
      var_B35:;
    }
  var_i0 = var_p0;
  w2c_core_f30(instance, var_i0);
  var_i0 = var_l2;
  var_i1 = var_l7;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_l4;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
    var_i0 = var_i0 != var_i1;
  }
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_l5;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 52u);
    var_i0 = var_i0 != var_i1;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 1u;
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 115, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 116u);
  if (var_i1) {
    var_i1 = var_p0;
    var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 115u);
  } else {
    var_i1 = 1u;
  }
  var_i2 = var_l1;
  var_i1 |= var_i2;
  if (var_i1) {
    var_i1 = 0u;
  } else {
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 120u);
    var_l1 = var_i1;
    var_i1 = 65728u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    if (var_i1) {
      var_i1 = var_l1;
      if (var_i1) {
        var_i1 = var_l1;
        var_i2 = 66564u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 += var_i2;
      } else {
        var_i1 = 1u;
      }
    } else {
      var_i1 = 0u;
    }
  }
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 120, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 120u);
  var_i1 = 65720u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 6ull;
  var_j1 >>= (var_j2 & 63);
  var_i1 = (u32)(var_j1);
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
    var_l1 = var_i0;
    var_i0 = 65728u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l2 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_l3 = var_i0;
    var_i1 = 6u;
    var_i0 = var_i0 == var_i1;
    var_i1 = 1u;
    var_i2 = var_l3;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 5u;
      var_i0 = var_i0 == var_i1;
    }
    if (var_i0) {goto var_B51;}
    var_i0 = var_p0;
    var_i1 = 5u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
    var_i0 = var_p0;
    var_i1 = var_l1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
    var_i0 = var_p0;
    var_i1 = 3u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
    var_i0 = var_p0;
    var_i1 = var_l2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
    var_B51:;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i1 = 3u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 108u);
  }
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 4u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  }
  FUNC_EPILOGUE;
}

static void w2c_core_f158(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u64 var_l7 = 0, var_l8 = 0, var_l9 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j7, var_j8, var_j9, 
      var_j10;
  v128 var_o1, var_o2, var_o3;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  var_l3 = var_i0;
  var_p0 = var_i0;
  var_L0: 
    var_i0 = var_p0;
    var_i1 = var_l2;
    var_i2 = var_l3;
    var_i1 += var_i2;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 497664u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      var_l4 = var_i0;
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 5u;
        var_i0 = var_i0 != var_i1;
      } else {
        var_i0 = 1u;
      }
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 1u;
        var_i2 = 0u;
        w2c_core_f6(instance, var_i0, var_i1, var_i2);
        goto var_B2;
      }
      var_i0 = var_l4;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_l5 = var_i0;
      var_i0 = var_p0;
      var_i1 = 3u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 530432u;
      var_i0 += var_i1;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l7 = var_j0;
      var_i1 = 65656u;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_j0 == var_j1;
      if (var_i0) {
        var_i0 = 65616u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_p0;
        var_i2 = 65584u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_l6 = var_i2;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l1 = var_i0;
        var_i1 = 1u;
        var_i2 = var_l6;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l6 = var_i0;
        var_L7: 
          var_i0 = var_l1;
          var_i1 = var_l6;
          var_i0 = var_i0 < var_i1;
          if (var_i0) {
            var_i0 = 0u;
            var_i1 = var_l1;
            var_o1 = v128_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_i2 = var_l1;
            var_o2 = v128_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
            var_o1 = simde_wasm_v128_or(var_o1, var_o2);
            var_i2 = var_l1;
            var_o2 = v128_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 32u);
            var_i3 = var_l1;
            var_o3 = v128_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 48u);
            var_o2 = simde_wasm_v128_or(var_o2, var_o3);
            var_o1 = simde_wasm_v128_or(var_o1, var_o2);
            var_i1 = simde_wasm_v128_any_true(var_o1);
            if (var_i1) {goto var_B6;}
            var_i0 = var_l1;
            var_i1 = 4294967232u;
            var_i0 -= var_i1;
            var_l1 = var_i0;
            goto var_L7;
          }
        var_i0 = 1u;
        var_B6:;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_l4;
        w2c_core_f37(instance, var_i0);
        var_i0 = var_l4;
        var_i1 = var_l4;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 256u;
        var_i1 |= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_l4;
        var_i1 = var_l4;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967294u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_l4;
        var_i1 = var_l4;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967293u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_l4;
        w2c_core_f42(instance, var_i0);
      } else {
        var_i0 = var_l5;
        var_i1 = 256u;
        var_i0 &= var_i1;
        var_i1 = 1u;
        var_i2 = var_l5;
        var_i3 = 3u;
        var_i2 &= var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        if (var_i0) {
          var_i0 = 0u;
        } else {
          var_j0 = var_l7;
          var_i1 = var_l4;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
          var_i0 = var_j0 == var_j1;
        }
        if (var_i0) {
          var_i0 = var_l4;
          w2c_core_f42(instance, var_i0);
        } else {
          var_i0 = var_l4;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_l1 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 196u);
          if (var_i0) {
            var_i0 = var_l1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
            var_i1 = 65688u;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_i2 = var_l4;
            var_i3 = 65672u;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            var_i2 -= var_i3;
            var_l1 = var_i2;
            var_i3 = 14u;
            var_i2 >>= (var_i3 & 31);
            var_i3 = 3u;
            var_i2 <<= (var_i3 & 31);
            var_i1 += var_i2;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_i2 = var_l1;
            var_i3 = 16383u;
            var_i2 &= var_i3;
            var_i3 = 5u;
            var_i2 >>= (var_i3 & 31);
            var_i1 += var_i2;
            var_i0 = var_i0 <= var_i1;
          } else {
            var_i0 = 1u;
          }
          if (var_i0) {
            var_i0 = 1u;
          } else {
            var_i0 = var_l4;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
            var_i1 = 259u;
            var_i0 &= var_i1;
          }
          if (var_i0) {
            var_i0 = var_l4;
            var_i1 = var_p0;
            w2c_core_f85(instance, var_i0, var_i1);
          } else {
            var_i0 = 65688u;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_i1 = var_l4;
            var_i2 = 65672u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_i1 -= var_i2;
            var_l1 = var_i1;
            var_i2 = 14u;
            var_i1 >>= (var_i2 & 31);
            var_i2 = 3u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_i1 = var_l1;
            var_i2 = 16383u;
            var_i1 &= var_i2;
            var_i2 = 5u;
            var_i1 >>= (var_i2 & 31);
            var_i0 += var_i1;
            var_l1 = var_i0;
            var_j0 = (u64)(var_i0);
            var_i1 = 65584u;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_l5 = var_i1;
            var_j1 = (u64)(var_i1);
            var_l8 = var_j1;
            var_j0 <<= (var_j1 & 63);
            var_l7 = var_j0;
            var_i0 = 23u;
            var_i1 = 0u;
            var_i2 = 20u;
            var_i3 = var_l4;
            var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 6u);
            var_l4 = var_i3;
            var_i4 = var_l1;
            var_i5 = 1u;
            var_i6 = var_p0;
            var_i7 = 65576u;
            var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
            var_i8 = 65616u;
            var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
            var_i9 = var_p0;
            var_i10 = var_l5;
            var_i9 <<= (var_i10 & 31);
            var_i8 += var_i9;
            var_j8 = (u64)(var_i8);
            var_j7 += var_j8;
            var_j8 = var_l7;
            var_j9 = 1ull;
            var_j10 = var_l8;
            var_j9 <<= (var_j10 & 63);
            var_l8 = var_j9;
            var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
            var_l1 = var_i0;
            var_i1 = var_l4;
            var_i2 = 12u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = 4738304u;
            var_i1 += var_i2;
            var_l4 = var_i1;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 36u);
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60, var_i1);
            var_i0 = var_l1;
            var_i1 = var_l4;
            var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 184u);
            var_l9 = var_j1;
            var_j2 = var_l7;
            var_i1 = var_j1 <= var_j2;
            if (var_i1) {
              var_j1 = 0ull;
            } else {
              var_j1 = var_l8;
              var_j2 = var_l9;
              var_j3 = var_l7;
              var_j2 -= var_j3;
              var_l7 = var_j2;
              var_j3 = var_l7;
              var_j4 = var_l8;
              var_i3 = var_j3 > var_j4;
              var_j1 = var_i3 ? var_j1 : var_j2;
            }
            i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_j1);
          }
        }
      }
      var_B2:;
      var_i0 = var_p0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      goto var_L0;
    }
  FUNC_EPILOGUE;
}

static void w2c_core_arrive_0(w2c_core* instance, u32 var_p0, u32 var_p1) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j7, var_j8, var_j9, var_j10;
  var_i0 = var_p1;
  var_i1 = var_p0;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 497664u;
  var_i1 += var_i2;
  var_p1 = var_i1;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
  var_i0 = var_i0 != var_i1;
  if (var_i0) {goto var_B0;}
  var_i0 = var_p1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_p1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 1u;
    var_i2 = 0u;
    w2c_core_f6(instance, var_i0, var_i1, var_i2);
    goto var_B0;
  }
  var_i0 = 11u;
  var_i1 = 0u;
  var_i2 = 12u;
  var_i3 = var_p1;
  var_i3 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 6u);
  var_i4 = 65688u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p1;
  var_i6 = 65672u;
  var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
  var_i5 -= var_i6;
  var_p1 = var_i5;
  var_i6 = 14u;
  var_i5 >>= (var_i6 & 31);
  var_i6 = 3u;
  var_i5 <<= (var_i6 & 31);
  var_i4 += var_i5;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_i5 = var_p1;
  var_i6 = 16383u;
  var_i5 &= var_i6;
  var_i6 = 5u;
  var_i5 >>= (var_i6 & 31);
  var_i4 += var_i5;
  var_i5 = 1u;
  var_i6 = var_p0;
  var_i7 = 65576u;
  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
  var_i8 = 65616u;
  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
  var_i9 = var_p0;
  var_i10 = 65584u;
  var_i10 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_i9 <<= (var_i10 & 31);
  var_i8 += var_i9;
  var_j8 = (u64)(var_i8);
  var_j7 += var_j8;
  var_j8 = 0ull;
  var_j9 = 1ull;
  var_i10 = 65584u;
  var_j10 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i10));
  var_j9 <<= (var_j10 & 63);
  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
  var_B0:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f170(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = 4u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738368u;
      var_i0 += var_i1;
      var_i1 = var_l2;
      var_i2 = 24u;
      var_i1 *= var_i2;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
      var_l5 = var_i0;
      var_i0 = var_l4;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_p1;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l5;
      var_i2 = 0u;
      var_i1 = var_i1 != var_i2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 3072u;
        var_i0 += var_i1;
        var_i1 = var_l3;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 168u);
        var_p0 = var_i1;
        var_i2 = 31u;
        var_i1 &= var_i2;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l5;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l3;
        var_i1 = var_p0;
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 168, var_i1);
        var_i0 = var_l3;
        var_i1 = var_p1;
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 164, var_i1);
        var_i0 = var_l5;
        goto var_Bfunc;
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l3;
  var_i1 = 3072u;
  var_i0 += var_i1;
  var_i1 = var_l3;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 168u);
  var_p0 = var_i1;
  var_i2 = 31u;
  var_i1 &= var_i2;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_p1;
  var_i2 = var_l3;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 164u);
  var_l2 = var_i2;
  var_i3 = 1u;
  var_i2 -= var_i3;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l2;
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l3;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 168, var_i1);
  var_i0 = var_l3;
  var_i1 = var_p1;
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 164, var_i1);
  var_i0 = var_l3;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 168u);
  var_l5 = var_i0;
  var_i0 = 4u;
  var_l2 = var_i0;
  var_L5: 
    var_i0 = var_l2;
    var_i1 = 32u;
    var_i0 = var_i0 <= var_i1;
    var_i1 = var_l2;
    var_i2 = var_l5;
    var_i1 = var_i1 <= var_i2;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = 0u;
      var_p0 = var_i0;
      var_i0 = 0u;
      var_p1 = var_i0;
      var_i0 = 1u;
      var_l4 = var_i0;
      var_L7: 
        var_i0 = var_l2;
        var_i1 = var_l4;
        var_i0 = var_i0 >= var_i1;
        if (var_i0) {
          var_i0 = var_p1;
          var_i1 = 1u;
          var_i2 = 4294967295u;
          var_i3 = var_p0;
          var_i4 = var_l3;
          var_i5 = 3072u;
          var_i4 += var_i5;
          var_i5 = var_l5;
          var_i6 = var_l4;
          var_i5 -= var_i6;
          var_i6 = 31u;
          var_i5 &= var_i6;
          var_i6 = 2u;
          var_i5 <<= (var_i6 & 31);
          var_i4 += var_i5;
          var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
          var_l6 = var_i4;
          var_i5 = var_p1;
          var_i3 = var_i5 ? var_i3 : var_i4;
          var_p0 = var_i3;
          var_i4 = var_l6;
          var_i3 = var_i3 == var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i0 += var_i1;
          var_p1 = var_i0;
          var_i0 = var_l4;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l4 = var_i0;
          goto var_L7;
        }
      var_i0 = 0u;
      var_l4 = var_i0;
      var_i0 = 1u;
      var_p1 = var_i0;
      var_L9: 
        var_i0 = var_p1;
        var_i1 = var_l2;
        var_i0 = var_i0 <= var_i1;
        if (var_i0) {
          var_i0 = var_l4;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_i1 = var_l4;
          var_i2 = var_l3;
          var_i3 = 3072u;
          var_i2 += var_i3;
          var_i3 = var_l5;
          var_i4 = var_p1;
          var_i3 -= var_i4;
          var_i4 = 31u;
          var_i3 &= var_i4;
          var_i4 = 2u;
          var_i3 <<= (var_i4 & 31);
          var_i2 += var_i3;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i3 = var_p0;
          var_i2 = var_i2 == var_i3;
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l4 = var_i0;
          var_i0 = var_p1;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_p1 = var_i0;
          goto var_L9;
        }
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = var_l2;
      var_i0 = var_i0 > var_i1;
      var_i1 = 0u;
      var_i2 = var_p0;
      var_i0 = var_i2 ? var_i0 : var_i1;
      if (var_i0) {goto var_B4;}
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_l2 = var_i0;
      goto var_L5;
    }
  var_i0 = 0u;
  var_p0 = var_i0;
  var_B4:;
  var_i0 = var_p0;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f171(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = 4u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738368u;
      var_i0 += var_i1;
      var_i1 = var_l2;
      var_i2 = 24u;
      var_i1 *= var_i2;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = var_p1;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 1u;
        goto var_Bfunc;
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 0u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f172(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5) {
  u32 var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0;
  u64 var_l11 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9;
  u64 var_j0, var_j1, var_j2;
  var_i0 = 65608u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l6 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p2;
    var_i3 = 1u;
    var_i4 = var_p3;
    var_i5 = var_p4;
    var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_l7 = var_i0;
  var_i0 = var_l6;
  var_i1 = 2u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i0 = w2c_core_f170(instance, var_i0, var_i1);
  } else {
    var_i0 = 1u;
  }
  var_l9 = var_i0;
  var_i0 = var_l7;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_p0 = var_i0;
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 160u);
  var_i1 = 1u;
  var_i0 += var_i1;
  var_l10 = var_i0;
  var_i0 = var_l6;
  var_i1 = var_l10;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 160, var_i1);
  var_i0 = var_p0;
  var_i1 = 4738368u;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_L3: 
    var_i0 = var_l8;
    var_i1 = 4u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l9;
      var_i1 = 0u;
      var_i2 = var_l7;
      var_i3 = 12u;
      var_i2 <<= (var_i3 & 31);
      var_i3 = 4738368u;
      var_i2 += var_i3;
      var_i3 = var_l8;
      var_i4 = 24u;
      var_i3 *= var_i4;
      var_i2 += var_i3;
      var_p0 = var_i2;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = var_p1;
      var_i2 = var_i2 == var_i3;
      if (var_i2) {
        var_i2 = var_p0;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
        var_i3 = var_l9;
        var_i2 = var_i2 == var_i3;
      } else {
        var_i2 = 0u;
      }
      var_i0 = var_i2 ? var_i0 : var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l10;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_l6 = var_i0;
        if (var_i0) {
          var_i0 = var_l7;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738648u;
          var_i0 += var_i1;
          var_l8 = var_i0;
          var_i1 = var_l8;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = var_l6;
          var_j2 = (u64)(s64)(s32)(var_i2);
          var_j1 += var_j2;
          i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
          var_i0 = var_p0;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
        }
        var_i0 = var_p0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = 1u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
        }
        goto var_B2;
      }
      var_i0 = var_p0;
      var_i1 = var_l6;
      var_i2 = var_p0;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 20u);
      var_i3 = var_l6;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 20u);
      var_i2 = var_i2 < var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l6 = var_i0;
      var_i0 = var_l8;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      goto var_L3;
    }
  var_i0 = var_l6;
  var_i1 = 0u;
  var_i2 = 24u;
  memory_fill(instance->w2c_env_memory, var_i0, var_i1, var_i2);
  var_i0 = var_l6;
  var_i1 = var_l10;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
  var_i0 = var_l6;
  var_p0 = var_i0;
  var_B2:;
  var_i0 = var_l7;
  var_i1 = var_p0;
  var_i2 = var_l9;
  var_i0 = w2c_core_f90(instance, var_i0, var_i1, var_i2);
  var_l6 = var_i0;
  var_i0 = var_l9;
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l7;
    var_i1 = var_p0;
    var_i2 = var_p1;
    var_i3 = var_l7;
    var_i4 = var_p1;
    var_i5 = var_p2;
    var_i6 = var_l6;
    var_i7 = 1u;
    var_i6 += var_i7;
    var_p0 = var_i6;
    var_i7 = var_l7;
    var_i8 = 12u;
    var_i7 <<= (var_i8 & 31);
    var_i8 = 4738304u;
    var_i7 += var_i8;
    var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 16u);
    var_i8 = var_p1;
    var_i7 -= var_i8;
    var_p1 = var_i7;
    var_i8 = var_p0;
    var_i9 = var_p1;
    var_i8 = var_i8 < var_i9;
    var_i6 = var_i8 ? var_i6 : var_i7;
    var_i7 = var_p3;
    var_i8 = var_p4;
    var_i3 = w2c_core_f14(instance, var_i3, var_i4, var_i5, var_i6, var_i7, var_i8);
    var_p0 = var_i3;
    var_i4 = 1u;
    var_i3 -= var_i4;
    var_i4 = 0u;
    var_i5 = var_p0;
    var_i3 = var_i5 ? var_i3 : var_i4;
    var_i4 = 1u;
    var_i5 = var_p5;
    w2c_core_f63(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
    goto var_Bfunc;
  }
  var_i0 = var_l7;
  var_i1 = var_p1;
  var_i2 = var_p2;
  var_i3 = 1u;
  var_i4 = var_p3;
  var_i5 = var_p4;
  var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  var_i0 = 0u;
  var_p4 = var_i0;
  var_i0 = 1u;
  var_p5 = var_i0;
  var_L10: 
    var_i0 = var_p5;
    var_i1 = var_l6;
    var_i0 = var_i0 <= var_i1;
    if (var_i0) {
      var_i0 = var_p1;
      var_j0 = (u64)(var_i0);
      var_i1 = var_l9;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_i2 = var_p5;
      var_j2 = (u64)(var_i2);
      var_j1 *= var_j2;
      var_j0 += var_j1;
      var_l11 = var_j0;
      var_j1 = 0ull;
      var_i0 = (u64)((s64)var_j0 < (s64)var_j1);
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_j0 = var_l11;
        var_i1 = var_l7;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i0 = (u64)((s64)var_j0 >= (s64)var_j1);
      }
      if (var_i0) {goto var_B12;}
      var_i0 = var_l7;
      var_j1 = var_l11;
      var_i1 = (u32)(var_j1);
      var_i0 = w2c_core_f12(instance, var_i0, var_i1);
      var_p2 = var_i0;
      if (var_i0) {
        var_i0 = var_p2;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_p3 = var_i0;
        var_i0 = !(var_i0);
        var_i1 = var_p3;
        var_i2 = 7u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        if (var_i0) {
          var_i0 = var_p2;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 40960u;
          var_i0 &= var_i1;
          var_i1 = 8192u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 1u;
        }
      } else {
        var_i0 = 1u;
      }
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = var_l7;
        var_j1 = var_l11;
        var_i1 = (u32)(var_j1);
        var_i2 = var_p2;
        var_i3 = 1u;
        var_i4 = 0u;
        var_i5 = 0u;
        var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
      }
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B12;}
      var_i0 = var_p4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p4 = var_i0;
      var_i0 = var_p5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p5 = var_i0;
      goto var_L10;
      var_B12:;
    }
  var_i0 = var_l7;
  var_i1 = var_p0;
  var_i2 = var_p1;
  var_i3 = var_p4;
  var_i4 = var_l9;
  var_i5 = 0u;
  w2c_core_f63(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f177(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, 
      var_l10 = 0, var_l11 = 0, var_l12 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_l10 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l5 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_l12 = var_i1;
  var_i2 = 12u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 4738744u;
  var_i1 += var_i2;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i1 = (u32)(var_j1);
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l5;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
    var_L1: 
      var_i0 = var_l4;
      var_i1 = var_l5;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_l12;
        var_i1 = var_l5;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
        var_p0 = var_i0;
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i1 = 4u;
          var_i0 = var_i0 != var_i1;
        } else {
          var_i0 = 1u;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 36u;
          var_i0 &= var_i1;
          var_i1 = 36u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = 0u;
            var_i2 = 0u;
            w2c_core_f19(instance, var_i0, var_i1, var_i2);
          }
        }
        var_i0 = var_l5;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l5 = var_i0;
        goto var_L1;
      }
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_i1 = 2u;
  var_i0 &= var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l11 = var_i0;
  var_i0 = var_l5;
  var_l6 = var_i0;
  var_L6: 
    var_i0 = var_l4;
    var_i1 = var_l6;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_l3 = var_i0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = var_l3;
      var_i1 = 2048u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l11;
      if (var_i0) {
        var_i0 = var_l12;
        var_i1 = var_l6;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      } else {
        var_i0 = var_l12;
        var_i1 = var_l6;
        var_i0 = w2c_core_f71(instance, var_i0, var_i1);
      }
      var_l7 = var_i0;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_i1 = var_l11;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 8u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l6;
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
        goto var_Bfunc;
      }
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l5;
      var_i2 = var_l7;
      var_i3 = 0u;
      var_i2 = var_i2 != var_i3;
      var_l3 = var_i2;
      if (var_i2) {
        var_i2 = var_l7;
        var_i3 = var_p1;
        var_i2 = w2c_core_f92(instance, var_i2, var_i3);
        var_i2 = !(var_i2);
      } else {
        var_i2 = var_l3;
      }
      var_i2 = !(var_i2);
      var_i3 = var_l5;
      var_i4 = var_l6;
      var_i3 = var_i3 == var_i4;
      var_i2 &= var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l5 = var_i0;
      var_i0 = var_l6;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      goto var_L6;
    }
  var_L13: 
    var_i0 = var_l4;
    var_i1 = var_l10;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = var_l5;
      var_i0 -= var_i1;
      var_i1 = 64u;
      var_i2 = 65612u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 2u;
      var_i2 >>= (var_i3 & 31);
      var_l3 = var_i2;
      var_i3 = var_l3;
      var_i4 = 64u;
      var_i3 = var_i3 > var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l3 = var_i1;
      var_i2 = 1u;
      var_i3 = var_l3;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l2;
      var_l3 = var_i0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = var_l3;
      var_i1 = 2048u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l11;
      if (var_i0) {
        var_i0 = var_l12;
        var_i1 = var_l4;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      } else {
        var_i0 = var_l12;
        var_i1 = var_l4;
        var_i0 = w2c_core_f71(instance, var_i0, var_i1);
      }
      var_l9 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l10;
        var_i1 = var_l4;
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i2 = 9u;
        var_i1 <<= (var_i2 & 31);
        var_l3 = var_i1;
        var_i2 = var_l3;
        var_i3 = var_l10;
        var_i2 = var_i2 > var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l3 = var_i0;
        var_i1 = var_l5;
        var_i2 = var_l4;
        var_i3 = var_l5;
        var_i2 = var_i2 == var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l5 = var_i0;
        var_i0 = var_l3;
        var_l4 = var_i0;
        goto var_L13;
      }
      var_i0 = var_l11;
      if (var_i0) {
        var_i0 = 1u;
        var_l6 = var_i0;
        var_i0 = var_l9;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_l7 = var_i0;
        var_i1 = 1u;
        var_i0 &= var_i1;
        var_i0 = !(var_i0);
        if (var_i0) {goto var_B22;}
        var_i0 = var_l9;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l6 = var_i0;
        var_i1 = 4u;
        var_i0 = var_i0 == var_i1;
        var_l3 = var_i0;
        var_i1 = 76u;
        var_i2 = var_l6;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 1u;
        var_i1 &= var_i2;
        var_i0 |= var_i1;
        var_i1 = var_l6;
        var_i2 = 5u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        if (var_i0) {
          var_i0 = var_l9;
          var_i1 = var_l7;
          var_i2 = 4294967294u;
          var_i1 &= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          var_i0 = var_l3;
          if (var_i0) {
            var_i0 = var_l9;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
            var_i1 = 5u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 497632u;
            var_i0 += var_i1;
            var_l3 = var_i0;
            var_i1 = var_l3;
            var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 1u);
            var_i2 = 4294967291u;
            var_i1 &= var_i2;
            i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
          }
        } else {
          var_i0 = var_l6;
          var_i0 = !(var_i0);
          var_i1 = var_l6;
          var_i2 = 7u;
          var_i1 = var_i1 == var_i2;
          var_i0 |= var_i1;
          if (var_i0) {
            var_i0 = 0u;
            var_l6 = var_i0;
            var_i0 = 65588u;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_l3 = var_i0;
            var_i1 = 4294967295u;
            var_i0 = var_i0 != var_i1;
            if (var_i0) {
              var_i0 = var_l3;
              var_i1 = 65760u;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i0 += var_i1;
              var_l3 = var_i0;
            }
            var_i0 = 65632u;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_i1 = var_l3;
            var_i2 = 65592u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_i3 = 65612u;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            var_i2 += var_i3;
            var_i3 = 65628u;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            var_l8 = var_i3;
            var_i2 -= var_i3;
            var_l7 = var_i2;
            var_i1 -= var_i2;
            var_i2 = 0u;
            var_i3 = var_l3;
            var_i4 = var_l7;
            var_i3 = var_i3 > var_i4;
            var_i1 = var_i3 ? var_i1 : var_i2;
            var_l3 = var_i1;
            var_i2 = var_l8;
            var_i3 = var_l3;
            var_i4 = var_l8;
            var_i3 = var_i3 < var_i4;
            var_i1 = var_i3 ? var_i1 : var_i2;
            var_i0 += var_i1;
            if (var_i0) {
              var_i0 = var_l12;
              var_i1 = var_l4;
              var_i2 = var_l9;
              var_i3 = 1u;
              var_i4 = 0u;
              var_i5 = 0u;
              var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
            } else {
              var_i0 = 0u;
            }
            var_i0 = !(var_i0);
            if (var_i0) {goto var_B22;}
            var_i0 = var_l9;
            var_i1 = var_l9;
            var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
            var_i2 = 64u;
            var_i1 |= var_i2;
            i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          } else {
            var_i0 = var_l6;
            var_i1 = 1u;
            var_i0 = var_i0 == var_i1;
            if (var_i0) {
              var_i0 = var_l9;
              var_i1 = var_l9;
              var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
              var_i2 = 64u;
              var_i1 |= var_i2;
              i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
            }
          }
        }
        var_i0 = 1u;
        var_l6 = var_i0;
        var_B22:;
      } else {
        var_i0 = 1u;
        var_l6 = var_i0;
      }
      var_i0 = var_l6;
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B18;}
      var_i0 = var_l9;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l3 = var_i0;
      var_i0 = var_p1;
      if (var_i0) {
        var_i0 = 76u;
        var_i1 = var_l3;
        var_i0 >>= (var_i1 & 31);
        var_i1 = 1u;
        var_i0 &= var_i1;
        var_i1 = var_l3;
        var_i2 = 4u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        var_i1 = var_l3;
        var_i2 = 5u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        var_i1 = var_l3;
        var_i2 = 1u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
      } else {
        var_i0 = var_l3;
        var_i1 = 3u;
        var_i0 = var_i0 == var_i1;
        var_i1 = var_l3;
        var_i2 = 2u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
      }
      if (var_i0) {
        var_i0 = var_p1;
        if (var_i0) {
          var_i0 = var_l9;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_l3 = var_i0;
          var_i1 = 4096u;
          var_i0 &= var_i1;
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_l9;
            var_i1 = var_l3;
            var_i2 = 64u;
            var_i1 |= var_i2;
            i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          }
        } else {
          var_i0 = var_l9;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 4u;
          var_i0 &= var_i1;
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_l9;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
            var_i1 = 0u;
            var_i0 = var_i0 != var_i1;
            var_i1 = var_l9;
            var_i1 = w2c_core_f48(instance, var_i1);
            var_i1 = !(var_i1);
            if (var_i1) {goto var_B18;}
            var_i0 = !(var_i0);
            if (var_i0) {
              var_i0 = var_p0;
              var_i1 = var_p0;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
              var_i2 = 1u;
              var_i1 += var_i2;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
            }
          }
        }
      }
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l5;
      var_i2 = var_l4;
      var_i3 = var_l5;
      var_i2 = var_i2 == var_i3;
      var_i3 = 0u;
      var_i4 = var_l9;
      var_i5 = var_p1;
      var_i4 = w2c_core_f92(instance, var_i4, var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l5 = var_i0;
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L13;
      var_B18:;
    }
  var_i0 = var_p0;
  var_i1 = var_l5;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f178(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l12 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_l11 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_i1 = 1u;
  var_i0 &= var_i1;
  var_l10 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36u);
  var_l9 = var_i0;
  if (var_i0) {
    var_i0 = 65720u;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_j1 = 6ull;
    var_j0 >>= (var_j1 & 63);
    var_i0 = (u32)(var_j0);
    var_i1 = 65568u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = 6ull;
    var_j1 >>= (var_j2 & 63);
    var_i1 = (u32)(var_j1);
    var_l2 = var_i1;
    var_i2 = 1u;
    var_i3 = var_l2;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i2 = var_l9;
    var_i1 -= var_i2;
    var_i0 = var_i0 < var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l3;
    var_i2 = 5u;
    var_i3 = 65952u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    w2c_core_f64(instance, var_i0, var_i1, var_i2, var_i3);
    goto var_Bfunc;
  }
  var_L2: 
    var_i0 = var_l3;
    var_i1 = var_l4;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l1;
      var_l2 = var_i0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i0 = var_l2;
      var_i1 = 2048u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l12;
      var_i1 = var_l3;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l5 = var_i0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l2 = var_i0;
      var_i1 = 8u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l3;
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
        goto var_B5;
      }
      var_i0 = var_l2;
      var_i1 = 5u;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l2;
      var_i2 = 1u;
      var_i1 = var_i1 == var_i2;
      var_i0 |= var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_l2;
        var_i1 = 3u;
        var_i0 = var_i0 == var_i1;
        var_i1 = var_l2;
        var_i2 = 2u;
        var_i1 = var_i1 == var_i2;
        var_i0 |= var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
        } else {
          var_i0 = 0u;
        }
      }
      if (var_i0) {goto var_B5;}
      var_i0 = 76u;
      var_i1 = var_l2;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 1u;
      var_i0 &= var_i1;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l3;
        var_l4 = var_i0;
        goto var_B5;
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L2;
      var_B5:;
    }
  var_L10: 
    var_i0 = var_l4;
    var_i1 = var_l11;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = var_l3;
      var_i0 -= var_i1;
      var_i1 = 64u;
      var_i2 = 65612u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 2u;
      var_i2 >>= (var_i3 & 31);
      var_l2 = var_i2;
      var_i3 = var_l2;
      var_i4 = 64u;
      var_i3 = var_i3 > var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l2 = var_i1;
      var_i2 = 1u;
      var_i3 = var_l2;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 256u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l1;
      var_l2 = var_i0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i0 = var_l2;
      var_i1 = 2048u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l12;
      var_i1 = var_l4;
      var_i0 = w2c_core_f54(instance, var_i0, var_i1);
      var_l2 = var_i0;
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = var_l12;
        var_i1 = var_l4;
        var_i0 = w2c_core_f12(instance, var_i0, var_i1);
      }
      var_l7 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l4;
        var_i2 = 6u;
        var_i3 = 4u;
        var_i4 = var_l2;
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_i3 = 0u;
        w2c_core_f64(instance, var_i0, var_i1, var_i2, var_i3);
        goto var_B16;
      }
      var_i0 = var_l10;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = var_l12;
        w2c_core_f91(instance, var_i0, var_i1);
      }
      var_i0 = 76u;
      var_i1 = var_l7;
      var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_l2 = var_i1;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 1u;
      var_i0 &= var_i1;
      var_i1 = 1u;
      var_i2 = var_l9;
      if (var_i2) {
        var_i2 = 65568u;
        var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 65936u;
        var_j3 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i2 = var_j2 < var_j3;
      } else {
        var_i2 = 0u;
      }
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B16;}
      var_i0 = var_l2;
      var_i0 = !(var_i0);
      var_i1 = var_l2;
      var_i2 = 7u;
      var_i1 = var_i1 == var_i2;
      var_i0 |= var_i1;
      if (var_i0) {
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l2 = var_i0;
        if (var_i0) {
          var_i0 = var_l2;
          if (var_i0) {
            var_i0 = var_l12;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
            var_l2 = var_i0;
            if (var_i0) {
              var_i0 = var_l2;
              var_i1 = 24576u;
              var_i0 *= var_i1;
              var_i1 = 21511424u;
              var_i0 += var_i1;
            } else {
              var_i0 = 0u;
            }
          } else {
            var_i0 = 0u;
          }
          var_l2 = var_i0;
          if (var_i0) {
            var_i0 = var_l2;
            var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 112u);
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {goto var_B16;}
        var_i0 = 65588u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l2 = var_i0;
        var_i1 = 4294967295u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = var_l2;
          var_i1 = 65760u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i0 += var_i1;
          var_l2 = var_i0;
        }
        var_i0 = 65632u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l2;
        var_i2 = 65592u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 65612u;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i2 += var_i3;
        var_i3 = 65628u;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_l6 = var_i3;
        var_i2 -= var_i3;
        var_l5 = var_i2;
        var_i1 -= var_i2;
        var_i2 = 0u;
        var_i3 = var_l2;
        var_i4 = var_l5;
        var_i3 = var_i3 > var_i4;
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_l2 = var_i1;
        var_i2 = var_l6;
        var_i3 = var_l2;
        var_i4 = var_l6;
        var_i3 = var_i3 < var_i4;
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_i0 += var_i1;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l4;
          var_i0 = var_i0 == var_i1;
          var_l8 = var_i0;
          goto var_B16;
        }
        var_i0 = var_l11;
        var_i1 = var_l4;
        var_i0 -= var_i1;
        var_l5 = var_i0;
        var_i1 = 64u;
        var_i2 = 65612u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 2u;
        var_i2 >>= (var_i3 & 31);
        var_l2 = var_i2;
        var_i3 = var_l2;
        var_i4 = 64u;
        var_i3 = var_i3 > var_i4;
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_l2 = var_i1;
        var_i2 = 1u;
        var_i3 = var_l2;
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_i2 = var_l4;
        var_i3 = var_l3;
        var_i2 -= var_i3;
        var_i1 -= var_i2;
        var_l2 = var_i1;
        var_i2 = var_l2;
        var_i3 = var_l5;
        var_i2 = var_i2 > var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l2 = var_i0;
        var_i0 = var_l10;
        if (var_i0) {
          var_i0 = 1u;
          var_l5 = var_i0;
          var_L29: 
            var_i0 = var_l2;
            var_i1 = var_l5;
            var_i0 = var_i0 > var_i1;
            if (var_i0) {
              var_i0 = var_l12;
              var_i1 = var_l4;
              var_i2 = var_l5;
              var_i1 += var_i2;
              var_i0 = w2c_core_f54(instance, var_i0, var_i1);
              if (var_i0) {
                var_i0 = 0u;
              } else {
                var_i0 = var_l12;
                var_i1 = var_l4;
                var_i2 = var_l5;
                var_i1 += var_i2;
                var_i0 = w2c_core_f12(instance, var_i0, var_i1);
              }
              var_l6 = var_i0;
              if (var_i0) {
                var_i0 = var_l6;
                var_i1 = var_l12;
                w2c_core_f91(instance, var_i0, var_i1);
                var_i0 = var_l5;
                var_i1 = 1u;
                var_i0 += var_i1;
                var_l5 = var_i0;
                goto var_L29;
              }
            }
        } else {
          var_i0 = var_l2;
          var_l5 = var_i0;
        }
        var_i0 = var_l12;
        var_i1 = var_l4;
        var_i2 = var_l7;
        var_i3 = var_l5;
        var_i4 = 0u;
        var_i5 = 0u;
        var_i0 = w2c_core_f14(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
        var_l2 = var_i0;
        var_i0 = !(var_i0);
        if (var_i0) {goto var_B16;}
        var_i0 = var_l2;
        var_i1 = var_l4;
        var_i0 += var_i1;
        var_l4 = var_i0;
        goto var_L10;
      }
      var_i0 = var_l2;
      var_i1 = 4u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = 0u;
        var_i2 = 0u;
        w2c_core_f19(instance, var_i0, var_i1, var_i2);
      } else {
        var_i0 = var_l2;
        var_i1 = 5u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_l7;
          var_i1 = 0u;
          var_i2 = 0u;
          w2c_core_f103(instance, var_i0, var_i1, var_i2);
        }
      }
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i1 = var_l3;
      var_i2 = 76u;
      var_i3 = var_l2;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 1u;
      var_i2 &= var_i3;
      if (var_i2) {
        var_i2 = var_l2;
        var_i3 = 3u;
        var_i2 = var_i2 == var_i3;
        var_i3 = var_l2;
        var_i4 = 2u;
        var_i3 = var_i3 == var_i4;
        var_i2 |= var_i3;
        if (var_i2) {
          var_i2 = var_l7;
          var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
          var_i3 = 0u;
          var_i2 = var_i2 != var_i3;
        } else {
          var_i2 = 0u;
        }
      } else {
        var_i2 = 1u;
      }
      var_i2 = !(var_i2);
      var_i3 = var_l3;
      var_i4 = var_l4;
      var_i5 = 1u;
      var_i4 -= var_i5;
      var_i3 = var_i3 == var_i4;
      var_i2 &= var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l3 = var_i0;
      goto var_L10;
      var_B16:;
    }
  var_i0 = var_p0;
  var_i1 = var_l8;
  if (var_i1) {
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
    var_l1 = var_i1;
    var_i1 = 65728u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    if (var_i1) {
      var_i1 = var_l1;
      if (var_i1) {
        var_i1 = var_l1;
        var_i2 = 66564u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 += var_i2;
      } else {
        var_i1 = 1u;
      }
    } else {
      var_i1 = 0u;
    }
  } else {
    var_i1 = 0u;
  }
  var_l1 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20, var_i1);
  var_i0 = var_l1;
  var_i1 = 65720u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 6ull;
  var_j1 >>= (var_j2 & 63);
  var_i1 = (u32)(var_j1);
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l4;
    var_i2 = 3u;
    var_i3 = 65728u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    w2c_core_f64(instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l3;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 12u);
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_l3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f179(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_l8 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l7 = var_i0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  var_l9 = var_i0;
  var_l2 = var_i0;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = var_l8;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = var_l9;
      var_i0 -= var_i1;
      var_i1 = 64u;
      var_i2 = 65612u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 2u;
      var_i2 >>= (var_i3 & 31);
      var_l1 = var_i2;
      var_i3 = var_l1;
      var_i4 = 64u;
      var_i3 = var_i3 > var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l1 = var_i1;
      var_i2 = 1u;
      var_i3 = var_l1;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 256u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l3;
      var_l1 = var_i0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = var_l1;
      var_i1 = 2048u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = var_l6;
      if (var_i1) {
        var_i1 = var_l7;
        var_i2 = var_l2;
        var_i1 = w2c_core_f12(instance, var_i1, var_i2);
      } else {
        var_i1 = var_l7;
        var_i2 = var_l2;
        var_i1 = w2c_core_f4(instance, var_i1, var_i2);
      }
      var_l5 = var_i1;
      var_i1 = !(var_i1);
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l2;
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
        goto var_B5;
      }
      var_i0 = var_l5;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l8;
        var_i1 = var_l2;
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 1u;
        var_i1 += var_i2;
        var_i2 = 9u;
        var_i1 <<= (var_i2 & 31);
        var_l1 = var_i1;
        var_i2 = var_l1;
        var_i3 = var_l8;
        var_i2 = var_i2 > var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l1 = var_i0;
        var_i1 = var_l9;
        var_i2 = var_l2;
        var_i3 = var_l9;
        var_i2 = var_i2 == var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l9 = var_i0;
        var_i0 = var_l1;
        var_l2 = var_i0;
        goto var_L0;
      }
      var_i0 = var_l5;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l4 = var_i0;
      var_i0 = 1u;
      var_l10 = var_i0;
      var_i0 = var_l5;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l5;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_l1 = var_i0;
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_l1;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_l1 = var_i0;
          if (var_i0) {
            var_i0 = var_l1;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_l1 = var_i0;
        if (var_i0) {
          var_i0 = var_l1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_l7;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_l1 = var_i0;
          if (var_i0) {
            var_i0 = var_l1;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_l4 = var_i0;
        if (var_i0) {
          var_i0 = var_l4;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
          var_i1 = 64u;
          var_i2 = 65612u;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i3 = 2u;
          var_i2 >>= (var_i3 & 31);
          var_l1 = var_i2;
          var_i3 = var_l1;
          var_i4 = 64u;
          var_i3 = var_i3 > var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_l1 = var_i1;
          var_i2 = 1u;
          var_i3 = var_l1;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i0 = var_i0 < var_i1;
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = var_l4;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
          var_l1 = var_i0;
          var_i1 = 1024u;
          var_i0 = var_i0 != var_i1;
          if (var_i0) {
            var_i0 = var_l4;
            var_i1 = 2560u;
            var_i0 += var_i1;
            var_i1 = var_l1;
            var_i2 = 2u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i1 = var_l2;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
            var_i0 = var_l4;
            var_i1 = var_l4;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
            var_i2 = 1u;
            var_i1 += var_i2;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48, var_i1);
          }
        }
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        goto var_L0;
      }
      var_i0 = var_l4;
      var_i0 = !(var_i0);
      var_i1 = var_l4;
      var_i2 = 7u;
      var_i1 = var_i1 == var_i2;
      var_i0 |= var_i1;
      if (var_i0) {
        var_i0 = var_l5;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_l1 = var_i0;
        var_i1 = 3584u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          var_i1 = var_l1;
          w2c_core_f41(instance, var_i0, var_i1);
        }
        var_i0 = var_l5;
        w2c_core_f76(instance, var_i0);
      } else {
        var_i0 = var_l4;
        var_i1 = 4u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          w2c_core_f27(instance, var_i0);
        } else {
          var_i0 = var_l4;
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
          var_i1 = var_l4;
          var_i2 = 2u;
          var_i1 = var_i1 == var_i2;
          var_i0 |= var_i1;
          if (var_i0) {
            var_i0 = 0u;
            var_l10 = var_i0;
            var_i0 = var_l5;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
            if (var_i0) {
              var_i0 = 1u;
            } else {
              var_i0 = var_l5;
              var_i0 = w2c_core_f48(instance, var_i0);
            }
            var_i0 = !(var_i0);
            if (var_i0) {goto var_B5;}
          } else {
            var_i0 = var_l4;
            var_i1 = 8u;
            var_i0 = var_i0 != var_i1;
            if (var_i0) {
              var_i0 = 0u;
              var_l10 = var_i0;
            } else {
              var_i0 = var_p0;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
              var_i0 = !(var_i0);
              if (var_i0) {
                var_i0 = var_p0;
                var_i1 = var_l2;
                var_i2 = 1u;
                var_i1 += var_i2;
                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
              }
            }
          }
        }
      }
      var_i0 = var_l9;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l9;
      var_i2 = var_l2;
      var_i3 = var_l9;
      var_i2 = var_i2 == var_i3;
      var_i3 = var_l10;
      var_i2 &= var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l9 = var_i0;
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
      var_B5:;
    }
  var_i0 = var_l8;
  var_i1 = var_l9;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 32u);
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
  }
  var_i0 = var_p0;
  var_i1 = var_l9;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l9;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  FUNC_EPILOGUE;
}

static void w2c_core_f180(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0, var_l14 = 0;
  u64 var_l15 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
  var_l7 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l8 = var_i0;
  var_i1 = 22u;
  var_i0 = var_i0 == var_i1;
  var_l11 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
    var_i1 = var_l7;
    w2c_core_f98(instance, var_i0, var_i1);
  }
  var_i0 = var_l11;
  if (var_i0) {
    var_i0 = 4294967295u;
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  }
  var_l5 = var_i0;
  var_i0 = var_p0;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
  var_l15 = var_j0;
  var_j1 = 0ull;
  var_i0 = (u64)((s64)var_j0 > (s64)var_j1);
  if (var_i0) {
    var_j0 = var_l15;
    var_i1 = 65584u;
    var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j0 = (u64)((s64)var_j0 >> (var_j1 & 63));
    var_i0 = (u32)(var_j0);
  } else {
    var_i0 = 0u;
  }
  var_l6 = var_i0;
  if (var_i0) {
    var_i0 = var_l11;
    if (var_i0) {
      var_i0 = 4u;
      var_i1 = 1u;
      var_i2 = var_l3;
      var_i3 = 12u;
      var_i2 <<= (var_i3 & 31);
      var_i3 = 4738304u;
      var_i2 += var_i3;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
      var_i0 = var_i2 ? var_i0 : var_i1;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
    }
    var_l10 = var_i0;
    var_i0 = var_l3;
    var_i1 = var_l4;
    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
    var_l2 = var_i0;
    var_L5: 
      var_i0 = var_l6;
      var_i1 = var_l9;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_l9;
        if (var_i0) {
          var_i0 = var_l4;
          var_i1 = var_l9;
          var_i0 += var_i1;
          var_l12 = var_i0;
          var_i1 = 511u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = var_l2;
            var_i1 = 32u;
            var_i0 += var_i1;
          } else {
            var_i0 = var_l3;
            var_i1 = var_l12;
            var_i0 = w2c_core_f4(instance, var_i0, var_i1);
          }
          var_l2 = var_i0;
        }
        var_i0 = var_l5;
        var_i1 = 4294967295u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          var_i1 = var_l9;
          var_i0 += var_i1;
          var_i1 = var_l8;
          var_i2 = 3u;
          var_i1 = var_i1 != var_i2;
          var_i2 = 0u;
          w2c_core_f6(instance, var_i0, var_i1, var_i2);
        }
        var_i0 = var_l2;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 7u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = var_l2;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 8192u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = var_l2;
            w2c_core_f88(instance, var_i0);
          }
          var_i0 = var_l2;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
          var_l13 = var_i0;
          var_i0 = var_l2;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_l12 = var_i0;
          var_i1 = 128u;
          var_i0 &= var_i1;
          var_i1 = 0u;
          var_i0 = var_i0 != var_i1;
          var_l14 = var_i0;
          var_i0 = var_l2;
          var_i1 = 0u;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
          var_i0 = var_l14;
          if (var_i0) {
            var_i0 = var_l2;
            var_i1 = var_l2;
            var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
            var_i2 = 4294967167u;
            var_i1 &= var_i2;
            i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
          }
          var_i0 = var_l2;
          var_i1 = 2u;
          var_i2 = 1u;
          var_i3 = var_l14;
          var_i1 = var_i3 ? var_i1 : var_i2;
          w2c_core_f7(instance, var_i0, var_i1);
          var_i0 = 65696u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          if (var_i0) {
            var_i0 = 1u;
          } else {
            var_i0 = var_l2;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
            var_i1 = 3072u;
            var_i0 &= var_i1;
          }
          if (var_i0) {
            var_i0 = var_l2;
            w2c_core_f31(instance, var_i0);
          }
          var_i0 = var_l13;
          if (var_i0) {
            var_i0 = var_l3;
            var_i1 = var_l13;
            w2c_core_f117(instance, var_i0, var_i1);
          }
          var_i0 = var_l12;
          var_i1 = 4u;
          var_i0 &= var_i1;
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_l2;
            w2c_core_f16(instance, var_i0);
            goto var_B16;
          }
          var_i0 = var_l2;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
          var_i0 = var_l2;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
          var_B16:;
          var_i0 = var_l1;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l1 = var_i0;
        }
        var_i0 = var_l9;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l9 = var_i0;
        goto var_L5;
      }
    var_i0 = var_l8;
    var_i1 = 3u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 65592u;
      var_i1 = 65592u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = var_l6;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65592u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65612u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_i1 = 65628u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 -= var_i1;
      var_l2 = var_i0;
      var_i1 = 65596u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = 65596u;
        var_i1 = var_l2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      }
    }
    var_i0 = var_l3;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738560u;
    var_i0 += var_i1;
    var_i1 = 6u;
    var_i2 = var_l10;
    var_i2 = !(var_i2);
    if (var_i2) {goto var_B20;}
    var_i1 = 9u;
    var_i2 = var_l10;
    var_i3 = 6u;
    var_i2 = var_i2 == var_i3;
    if (var_i2) {goto var_B20;}
    var_i1 = 7u;
    var_i2 = 8u;
    var_i3 = var_l10;
    var_i4 = 1u;
    var_i3 = var_i3 == var_i4;
    var_l2 = var_i3;
    var_i4 = var_l10;
    var_i5 = 2u;
    var_i4 = var_i4 == var_i5;
    var_i5 = var_l2;
    var_i3 = var_i5 ? var_i3 : var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_B20:;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i1 = var_l2;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_l1;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 += var_j2;
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  }
  var_i0 = var_l6;
  var_i1 = var_l7;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_l8;
  var_i1 = 3u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 65592u;
    var_i1 = 65592u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = var_l7;
    var_i3 = var_l6;
    var_i2 -= var_i3;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65592u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65612u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_i1 = 65628u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 -= var_i1;
    var_l1 = var_i0;
    var_i1 = 65596u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 65596u;
      var_i1 = var_l1;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
  }
  var_i0 = var_l11;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_l5;
    var_i1 = 4294967295u;
    var_i0 = var_i0 == var_i1;
    var_i1 = var_l8;
    var_i2 = 1u;
    var_i1 = var_i1 == var_i2;
    var_i0 &= var_i1;
  }
  if (var_i0) {
    var_i0 = var_l4;
    var_i1 = var_l6;
    var_i0 += var_i1;
    var_l1 = var_i0;
    var_i0 = var_l4;
    var_i1 = var_l7;
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_l4 = var_i0;
    var_i1 = 9u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i1 = 2u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 196, var_i1);
      var_i0 = var_l3;
      var_i1 = var_l1;
      var_i2 = var_l2;
      w2c_core_f65(instance, var_i0, var_i1, var_i2);
      goto var_B26;
    }
    var_i0 = var_l3;
    var_i1 = var_l1;
    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
    var_i1 = 4294967295u;
    var_i2 = var_l4;
    var_i3 = var_p0;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 4u);
    w2c_core_f94(instance, var_i0, var_i1, var_i2, var_i3);
    var_i0 = var_l3;
    var_i1 = 12u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 4738304u;
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l5 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 22u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = var_l5;
    }
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 4u;
      var_i0 = var_i0 == var_i1;
      var_i1 = var_l4;
      var_i2 = 2u;
      var_i1 = var_i1 == var_i2;
      var_i0 |= var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i0 = 0u;
      var_p0 = var_i0;
      var_L31: 
        var_i0 = var_p0;
        var_i1 = var_l1;
        var_i0 += var_i1;
        var_l4 = var_i0;
        var_i1 = var_l2;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l4;
          var_i0 = w2c_core_f4(instance, var_i0, var_i1);
          var_l4 = var_i0;
          var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i1 = 1u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_l4;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
          } else {
            var_i0 = 1u;
          }
          if (var_i0) {
            var_i0 = 1u;
          } else {
            var_i0 = var_l4;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
            var_i1 = 32u;
            var_i0 &= var_i1;
          }
        } else {
          var_i0 = 1u;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_p0 = var_i0;
          goto var_L31;
        }
      var_i0 = var_l3;
      var_i1 = var_l3;
      var_i2 = var_l1;
      var_i3 = var_p0;
      var_i4 = var_p0;
      if (var_i4) {
        var_i4 = var_l3;
        var_i5 = var_l1;
        var_i4 = w2c_core_f4(instance, var_i4, var_i5);
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 24u);
      } else {
        var_i4 = 0u;
      }
      var_i5 = 40u;
      var_i1 = w2c_core_f66(instance, var_i1, var_i2, var_i3, var_i4, var_i5);
      var_i2 = var_l1;
      var_i1 += var_i2;
      var_i2 = var_l2;
      w2c_core_f65(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = var_l3;
      var_i1 = var_l1;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_i2 = var_l2;
      w2c_core_f65(instance, var_i0, var_i1, var_i2);
    }
    var_B26:;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
  var_l1 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l9 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
  var_i1 = 8u;
  var_i0 &= var_i1;
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_p0 = var_i0;
  var_i1 = 9u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    var_p0 = var_i0;
    var_L39: 
      var_i0 = var_p0;
      var_i1 = var_l7;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = var_p0;
        var_i2 = var_l4;
        var_i1 += var_i2;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
        var_l1 = var_i0;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l1;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
          var_i1 = 1u;
          var_i0 -= var_i1;
          var_i1 = var_p0;
          var_i2 = var_l5;
          var_i1 += var_i2;
          var_i0 = var_i0 != var_i1;
        }
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = var_l5;
          var_i0 += var_i1;
          var_i1 = 5u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 497664u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
          if (var_i0) {
            var_i0 = 0u;
          } else {
            var_i0 = var_p0;
            var_i1 = var_l5;
            var_i0 += var_i1;
            var_i1 = 5u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 497664u;
            var_i0 += var_i1;
            var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_i1 = 2u;
            var_i0 = var_i0 == var_i1;
          }
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = var_l5;
            var_i0 += var_i1;
            var_i1 = 1u;
            var_i2 = 0u;
            w2c_core_f6(instance, var_i0, var_i1, var_i2);
          }
          goto var_B41;
        }
        var_i0 = var_p0;
        var_i1 = var_l5;
        var_i0 += var_i1;
        var_i1 = 1u;
        var_i2 = 0u;
        w2c_core_f6(instance, var_i0, var_i1, var_i2);
        var_i0 = var_l1;
        var_i1 = 0u;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
        var_i0 = var_l1;
        var_i1 = 4544u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        CALL_INDIRECT(instance->w2c_T0, void (*)(void*, u32), w2c_core_t0, var_i1, instance->w2c_T0.data[var_i1].module_instance, var_i0);
        var_B41:;
        var_i0 = var_p0;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_p0 = var_i0;
        goto var_L39;
      }
    goto var_B37;
  }
  var_i0 = var_p0;
  var_i1 = 4u;
  var_i0 = var_i0 == var_i1;
  var_i1 = var_l7;
  var_i2 = var_l6;
  var_i1 -= var_i2;
  var_i2 = 1u;
  var_i1 = var_i1 > var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_L47: 
      var_i0 = var_l6;
      var_i1 = var_l7;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l8;
        var_i1 = 2u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l4;
          var_i2 = var_l6;
          var_i1 += var_i2;
          var_i2 = 1u;
          var_i3 = 0u;
          w2c_core_f24(instance, var_i0, var_i1, var_i2, var_i3);
        } else {
          var_i0 = var_l3;
          var_i1 = var_l4;
          var_i2 = var_l6;
          var_i1 += var_i2;
          var_i2 = 1u;
          var_i3 = var_l5;
          var_i4 = var_l6;
          var_i3 += var_i4;
          var_i4 = var_l1;
          var_i5 = var_l2;
          w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
        }
        var_i0 = var_l6;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l6 = var_i0;
        goto var_L47;
      }
    goto var_B37;
  }
  var_i0 = var_l3;
  var_i1 = var_l4;
  var_i2 = var_l6;
  var_i1 += var_i2;
  var_i0 = w2c_core_f4(instance, var_i0, var_i1);
  var_i1 = 4294967295u;
  var_i2 = var_l5;
  var_i3 = var_l6;
  var_i2 += var_i3;
  var_i3 = var_l5;
  var_i4 = 4294967295u;
  var_i3 = var_i3 == var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = var_p0;
  var_i3 = var_l9;
  w2c_core_f94(instance, var_i0, var_i1, var_i2, var_i3);
  var_i0 = var_l7;
  var_i1 = var_l6;
  var_i0 -= var_i1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_p0 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {goto var_B37;}
  var_i0 = var_l8;
  var_i1 = 2u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_l4;
    var_i2 = var_l6;
    var_i1 += var_i2;
    var_i2 = 1u;
    var_i1 += var_i2;
    var_i2 = var_p0;
    var_i3 = 0u;
    w2c_core_f24(instance, var_i0, var_i1, var_i2, var_i3);
  } else {
    var_i0 = var_l3;
    var_i1 = var_l4;
    var_i2 = var_l6;
    var_i1 += var_i2;
    var_i2 = 1u;
    var_i1 += var_i2;
    var_i2 = var_p0;
    var_i3 = 4294967295u;
    var_i4 = var_l5;
    var_i5 = var_l6;
    var_i4 += var_i5;
    var_i5 = 1u;
    var_i4 += var_i5;
    var_i5 = var_l5;
    var_i6 = 4294967295u;
    var_i5 = var_i5 == var_i6;
    var_i3 = var_i5 ? var_i3 : var_i4;
    var_i4 = var_l1;
    var_i5 = var_l2;
    w2c_core_f20(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  }
  var_B37:;
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f181(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2;
  var_i0 = 66136u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = 65568u;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65936u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_j0 < var_j1;
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 65936u;
  var_i1 = 65568u;
  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_j2 = 5000000ull;
  var_j1 += var_j2;
  i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
  var_L2: 
    var_i0 = var_l0;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 64u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_l0 = var_i0;
      var_i0 = 66128u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l2 = var_i0;
      if (var_i0) {
        var_i0 = 66128u;
        var_i1 = var_l2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_l1 = var_i1;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l1;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = 66132u;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = 66136u;
        var_i1 = 66136u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l2;
        var_i1 = var_l2;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967263u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      }
      var_i0 = var_l2;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_l3 = var_i0;
      var_i0 = var_l2;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
      var_l1 = var_i0;
      if (var_i0) {
        var_i0 = 65720u;
        var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_j1 = 6ull;
        var_j0 >>= (var_j1 & 63);
        var_i0 = (u32)(var_j0);
        var_i1 = 65568u;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_j2 = 6ull;
        var_j1 >>= (var_j2 & 63);
        var_i1 = (u32)(var_j1);
        var_l4 = var_i1;
        var_i2 = 1u;
        var_i3 = var_l4;
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_i2 = var_l1;
        var_i1 -= var_i2;
        var_i0 = var_i0 < var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 4294967295u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = 1u;
          var_i2 = 0u;
          w2c_core_f6(instance, var_i0, var_i1, var_i2);
        }
        var_i0 = var_l2;
        var_i1 = 0u;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
        var_i0 = 5u;
        var_i1 = var_l2;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 6u);
        var_i2 = 65688u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = var_l2;
        var_i4 = 65672u;
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
        var_i3 -= var_i4;
        var_l1 = var_i3;
        var_i4 = 14u;
        var_i3 >>= (var_i4 & 31);
        var_i4 = 3u;
        var_i3 <<= (var_i4 & 31);
        var_i2 += var_i3;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = var_l1;
        var_i4 = 16383u;
        var_i3 &= var_i4;
        var_i4 = 5u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 0u;
        var_i4 = 0u;
        var_i5 = 5u;
        var_i6 = 65952u;
        var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
        w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      } else {
        var_i0 = var_l3;
        var_i1 = 4294967295u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_l2;
          w2c_core_f46(instance, var_i0);
        } else {
          var_i0 = var_l2;
          var_i1 = 65688u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = var_l2;
          var_i3 = 65672u;
          var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
          var_i2 -= var_i3;
          var_l1 = var_i2;
          var_i3 = 14u;
          var_i2 >>= (var_i3 & 31);
          var_i3 = 3u;
          var_i2 <<= (var_i3 & 31);
          var_i1 += var_i2;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = var_l1;
          var_i3 = 16383u;
          var_i2 &= var_i3;
          var_i3 = 5u;
          var_i2 >>= (var_i3 & 31);
          var_i1 += var_i2;
          var_l1 = var_i1;
          var_i1 = var_l2;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 6u);
          var_i2 = 12u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = 4738304u;
          var_i1 += var_i2;
          var_l3 = var_i1;
          var_i1 = var_l2;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_l2 = var_i1;
          var_i2 = 8192u;
          var_i1 &= var_i2;
          if (var_i1) {
            var_i1 = 7u;
            var_i2 = 0u;
            var_i3 = var_l2;
            var_i4 = 32768u;
            var_i3 &= var_i4;
            var_i1 = var_i3 ? var_i1 : var_i2;
            goto var_B12;
          }
          var_i1 = 0u;
          var_i2 = var_l2;
          var_i3 = 256u;
          var_i2 &= var_i3;
          if (var_i2) {goto var_B12;}
          var_i1 = var_l2;
          var_i2 = 1u;
          var_i1 &= var_i2;
          if (var_i1) {
            var_i1 = var_l3;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 32u);
            var_l1 = var_i1;
            var_i2 = 1u;
            var_i1 = var_i1 == var_i2;
            if (var_i1) {
              var_i1 = 3u;
            } else {
              var_i1 = 4u;
              var_i2 = 5u;
              var_i3 = var_l1;
              var_i4 = 2u;
              var_i3 = var_i3 == var_i4;
              var_i1 = var_i3 ? var_i1 : var_i2;
            }
            goto var_B12;
          }
          var_i1 = 0u;
          var_i2 = var_l3;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 28u);
          var_l2 = var_i2;
          if (var_i2) {
            var_i2 = var_l1;
            var_i3 = var_l3;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 48u);
            var_i2 = var_i2 >= var_i3;
          } else {
            var_i2 = 1u;
          }
          if (var_i2) {goto var_B12;}
          var_i1 = 1u;
          var_i2 = 2u;
          var_i3 = var_l2;
          var_i4 = 1u;
          var_i3 = var_i3 == var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_B12:;
          w2c_core_f34(instance, var_i0, var_i1);
        }
      }
      goto var_L2;
    }
  w2c_core_f11(instance);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f182(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j5, var_j7, var_j8, 
      var_j9, var_j10;
  var_i0 = var_p0;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i1 = 0u;
  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = 4096u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 22u;
      var_i0 = var_i0 == var_i1;
      var_l4 = var_i0;
      var_i1 = var_l2;
      var_i2 = 21u;
      var_i1 = var_i1 == var_i2;
      var_i0 |= var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_l9 = var_j0;
        var_i0 = var_p0;
        var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
        var_l10 = var_j0;
        var_i0 = 0u;
        var_p0 = var_i0;
        var_j0 = 512ull;
        var_i1 = 65584u;
        var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_j0 <<= (var_j1 & 63);
        var_l11 = var_j0;
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
        var_l1 = var_i0;
        var_j1 = var_l10;
        var_j2 = 21ull;
        var_j1 >>= (var_j2 & 63);
        var_i1 = (u32)(var_j1);
        var_j2 = var_l9;
        var_j3 = 21ull;
        var_j2 >>= (var_j3 & 63);
        var_i2 = (u32)(var_j2);
        var_i1 -= var_i2;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_L6: 
            var_i0 = var_p0;
            var_i1 = var_l1;
            var_i0 = var_i0 < var_i1;
            if (var_i0) {
              var_i0 = var_l3;
              var_i1 = 12u;
              var_i0 <<= (var_i1 & 31);
              var_i1 = 4738304u;
              var_i0 += var_i1;
              var_l2 = var_i0;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
              var_i1 = var_p0;
              var_i2 = 2u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              if (var_i0) {
                var_i0 = var_p0;
                var_i1 = 9u;
                var_i0 <<= (var_i1 & 31);
                var_l5 = var_i0;
                var_i0 = var_l2;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
                if (var_i0) {
                  var_i0 = var_l3;
                  var_i1 = var_l5;
                  var_j0 = w2c_core_f8(instance, var_i0, var_i1);
                  goto var_B9;
                }
                var_i0 = var_l3;
                var_i1 = 12u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 4738304u;
                var_i0 += var_i1;
                var_l2 = var_i0;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                if (var_i0) {
                  var_i0 = var_l2;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
                  var_i1 = var_l2;
                  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
                  var_i2 = 9u;
                  var_i1 >>= (var_i2 & 31);
                  var_i2 = var_l5;
                  var_i3 = 9u;
                  var_i2 >>= (var_i3 & 31);
                  var_i1 += var_i2;
                  var_i2 = 2u;
                  var_i1 <<= (var_i2 & 31);
                  var_i0 += var_i1;
                  var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                  var_j1 = 21ull;
                  var_j0 <<= (var_j1 & 63);
                  var_i1 = var_l5;
                  var_i2 = 511u;
                  var_i1 &= var_i2;
                  var_j1 = (u64)(var_i1);
                  var_i2 = 65584u;
                  var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                  var_j1 <<= (var_j2 & 63);
                  var_j0 |= var_j1;
                  goto var_B9;
                }
                var_i0 = var_l3;
                var_i1 = 12u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 4738304u;
                var_i0 += var_i1;
                var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
                var_i1 = var_l5;
                var_j1 = (u64)(var_i1);
                var_i2 = 65584u;
                var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                var_j1 <<= (var_j2 & 63);
                var_j0 += var_j1;
                var_B9:;
                var_l8 = var_j0;
                var_j1 = var_l11;
                var_j0 += var_j1;
                var_j1 = var_l9;
                var_i0 = var_j0 > var_j1;
                var_j1 = var_l8;
                var_j2 = var_l10;
                var_i1 = var_j1 < var_j2;
                var_i0 &= var_i1;
                if (var_i0) {
                  var_i0 = var_l3;
                  var_i1 = var_p0;
                  var_j2 = var_l9;
                  var_j3 = var_l10;
                  var_i4 = var_l4;
                  w2c_core_f107(instance, var_i0, var_i1, var_j2, var_j3, var_i4);
                }
              }
              var_i0 = var_p0;
              var_i1 = 1u;
              var_i0 += var_i1;
              var_p0 = var_i0;
              goto var_L6;
            }
        } else {
          var_j0 = var_l9;
          var_j1 = var_l11;
          var_j2 = 1ull;
          var_j1 -= var_j2;
          var_j2 = 18446744073709551615ull;
          var_j1 ^= var_j2;
          var_j0 &= var_j1;
          var_l8 = var_j0;
          var_L13: 
            var_j0 = var_l8;
            var_j1 = var_l10;
            var_i0 = var_j0 < var_j1;
            if (var_i0) {
              var_i0 = var_l3;
              var_j1 = var_l8;
              var_i0 = w2c_core_f115(instance, var_i0, var_j1);
              var_p0 = var_i0;
              var_i1 = 4294967295u;
              var_i0 = var_i0 != var_i1;
              if (var_i0) {
                var_i0 = var_l3;
                var_i1 = var_p0;
                var_i2 = 9u;
                var_i1 >>= (var_i2 & 31);
                var_j2 = var_l9;
                var_j3 = var_l10;
                var_i4 = var_l4;
                w2c_core_f107(instance, var_i0, var_i1, var_j2, var_j3, var_i4);
              }
              var_j0 = var_l8;
              var_j1 = var_l11;
              var_j0 += var_j1;
              var_l8 = var_j0;
              goto var_L13;
            }
        }
        var_i0 = 4u;
        var_i1 = 0u;
        var_i2 = 14u;
        var_i3 = var_l3;
        var_i4 = 0u;
        var_i5 = 0u;
        var_i6 = 4294967295u;
        var_j7 = var_l9;
        var_j8 = 0ull;
        var_j9 = var_l10;
        var_j10 = var_l9;
        var_j9 -= var_j10;
        var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
      } else {
        var_i0 = var_l2;
        var_i1 = 20u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_l11 = var_j0;
          var_i0 = var_p0;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
          var_l9 = var_j0;
          var_i0 = var_p0;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
          var_l10 = var_j0;
          var_j0 = 1ull;
          var_i1 = 65584u;
          var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_j0 <<= (var_j1 & 63);
          var_l12 = var_j0;
          var_L17: 
            var_j0 = var_l8;
            var_j1 = var_l10;
            var_i0 = var_j0 < var_j1;
            if (var_i0) {
              var_j0 = var_l8;
              var_j1 = 2097151ull;
              var_j0 &= var_j1;
              var_i0 = !(var_j0);
              if (var_i0) {
                var_i0 = 66320u;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                var_p0 = var_i0;
                if (var_i0) {
                  var_i0 = 65784u;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                  var_i1 = var_p0;
                  var_i0 = var_i0 >= var_i1;
                  if (var_i0) {
                    var_i0 = 1u;
                  } else {
                    var_i0 = 68612u;
                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                    var_i1 = 1u;
                    var_i0 <<= (var_i1 & 31);
                    var_i1 = 68608u;
                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                    var_i2 = 65668u;
                    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                    var_i3 = 65664u;
                    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
                    var_i2 -= var_i3;
                    var_i3 = 14u;
                    var_i2 >>= (var_i3 & 31);
                    var_i1 += var_i2;
                    var_p0 = var_i1;
                    var_i2 = 68644u;
                    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                    var_l2 = var_i2;
                    var_i1 -= var_i2;
                    var_i2 = 0u;
                    var_i3 = var_p0;
                    var_i4 = var_l2;
                    var_i3 = var_i3 > var_i4;
                    var_i1 = var_i3 ? var_i1 : var_i2;
                    var_i0 = var_i0 > var_i1;
                  }
                } else {
                  var_i0 = 0u;
                }
                if (var_i0) {
                  w2c_core_f10(instance);
                }
              }
              var_i0 = var_l3;
              var_j1 = var_l8;
              var_j2 = var_l11;
              var_j1 += var_j2;
              var_l13 = var_j1;
              var_i0 = w2c_core_f115(instance, var_i0, var_j1);
              var_p0 = var_i0;
              var_i1 = 4294967295u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_j0 = var_l8;
                var_j1 = 512ull;
                var_i2 = 65584u;
                var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                var_j1 <<= (var_j2 & 63);
                var_j2 = var_l13;
                var_j3 = 2097151ull;
                var_j2 &= var_j3;
                var_j1 -= var_j2;
                var_j0 += var_j1;
                var_l8 = var_j0;
                goto var_L17;
              }
              var_i0 = var_l3;
              var_i1 = var_p0;
              var_i0 = w2c_core_f4(instance, var_i0, var_i1);
              var_p0 = var_i0;
              var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l2 = var_i0;
              var_i1 = 7u;
              var_i0 = var_i0 != var_i1;
              var_i1 = 0u;
              var_i2 = var_l2;
              var_i0 = var_i2 ? var_i0 : var_i1;
              if (var_i0) {
                var_i0 = 1u;
              } else {
                var_i0 = var_p0;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                var_i1 = 1u;
                var_i0 &= var_i1;
              }
              if (var_i0) {
                var_i0 = var_l3;
                var_j1 = var_l8;
                var_j2 = var_l9;
                var_j1 += var_j2;
                var_i0 = w2c_core_f51(instance, var_i0, var_j1);
                var_l2 = var_i0;
                var_i1 = 4294967295u;
                var_i0 = var_i0 == var_i1;
                if (var_i0) {
                  var_i0 = 3456u;
                  var_i1 = 0u;
                  var_i2 = 0u;
                  var_i3 = 0u;
                  w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
                }
                var_i0 = 1u;
                var_i1 = var_l1;
                var_i2 = var_p0;
                var_i3 = var_l3;
                var_i4 = var_l2;
                var_i3 = w2c_core_f4(instance, var_i3, var_i4);
                var_i4 = var_l3;
                var_i2 = w2c_core_f206(instance, var_i2, var_i3, var_i4);
                var_i0 = var_i2 ? var_i0 : var_i1;
                var_l1 = var_i0;
              }
              var_j0 = var_l8;
              var_j1 = var_l12;
              var_j0 += var_j1;
              var_l8 = var_j0;
              goto var_L17;
            }
          var_i0 = var_l1;
          if (var_i0) {
            var_i0 = 18u;
            var_i1 = 0u;
            var_i2 = 15u;
            var_i3 = var_l3;
            var_i4 = 0u;
            var_i5 = 0u;
            var_i6 = 4294967295u;
            var_j7 = var_l9;
            var_j8 = 0ull;
            var_j9 = var_l10;
            var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
          }
          var_i0 = 4u;
          var_i1 = 0u;
          var_i2 = 14u;
          var_i3 = var_l3;
          var_i4 = 0u;
          var_i5 = 0u;
          var_i6 = 4294967295u;
          var_j7 = var_l11;
          var_j8 = 0ull;
          var_j9 = var_l10;
          var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
          var_i0 = 4u;
          var_i1 = 0u;
          var_i2 = 14u;
          var_i3 = var_l3;
          var_i4 = 0u;
          var_i5 = 0u;
          var_i6 = 4294967295u;
          var_j7 = var_l9;
          var_j8 = 0ull;
          var_j9 = var_l10;
          var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
        } else {
          var_i0 = var_l2;
          var_i1 = 19u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_p0;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
            var_l1 = var_i0;
            var_i0 = var_p0;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_p0 = var_i0;
            if (var_i0) {
              var_i0 = var_p0;
              var_i0 = w2c_core_f110(instance, var_i0);
              if (var_i0) {
                var_i0 = var_l3;
                var_i1 = var_p0;
                var_i2 = var_l1;
                var_i3 = 65535u;
                var_i2 &= var_i3;
                var_i3 = var_l1;
                var_i4 = 16u;
                var_i3 >>= (var_i4 & 31);
                var_i0 = w2c_core_f207(instance, var_i0, var_i1, var_i2, var_i3);
              } else {
                var_i0 = 0u;
              }
            } else {
              var_i0 = 1u;
            }
            var_i0 = !(var_i0);
            if (var_i0) {
              var_i0 = 5u;
              var_i1 = var_p0;
              var_i2 = 4294967295u;
              var_i3 = 0u;
              var_i4 = 0u;
              var_i5 = 4u;
              var_i6 = 0u;
              w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
            }
          }
        }
      }
    }
    goto var_Bfunc;
  }
  var_i0 = var_l2;
  var_i1 = 22u;
  var_i0 = var_i0 == var_i1;
  var_l5 = var_i0;
  var_i1 = var_l2;
  var_i2 = 21u;
  var_i1 = var_i1 == var_i2;
  var_i0 |= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
    var_l8 = var_j0;
    var_i0 = var_p0;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
    var_l9 = var_j0;
    var_i0 = 1u;
    var_l2 = var_i0;
    var_L33: 
      var_i0 = var_l2;
      var_i1 = 65776u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l2;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
          var_i1 = 0u;
          var_i0 = var_i0 != var_i1;
        }
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = 0u;
          var_l1 = var_i0;
          var_L37: 
            var_i0 = var_l2;
            var_i1 = var_l1;
            var_j2 = var_l8;
            var_j3 = var_l9;
            var_i0 = w2c_core_f108(instance, var_i0, var_i1, var_j2, var_j3);
            if (var_i0) {
              var_i0 = 66632u;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l1 = var_i0;
              var_i0 = var_l2;
              var_i1 = 12u;
              var_i0 <<= (var_i1 & 31);
              var_i1 = 4738304u;
              var_i0 += var_i1;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
              var_i1 = 0u;
              var_i0 = var_i0 != var_i1;
              var_l6 = var_i0;
              var_i0 = 66628u;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l3 = var_i0;
              var_p0 = var_i0;
              var_L39: 
                var_i0 = var_p0;
                var_i1 = var_l1;
                var_i0 = var_i0 < var_i1;
                if (var_i0) {
                  var_i0 = var_p0;
                  var_i1 = 511u;
                  var_i0 &= var_i1;
                  var_i1 = 0u;
                  var_i2 = var_p0;
                  var_i3 = var_l3;
                  var_i2 = var_i2 != var_i3;
                  var_i0 = var_i2 ? var_i0 : var_i1;
                  var_i0 = !(var_i0);
                  if (var_i0) {
                    var_i0 = 66320u;
                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                    var_l4 = var_i0;
                    if (var_i0) {
                      var_i0 = 65784u;
                      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                      var_i1 = var_l4;
                      var_i0 = var_i0 >= var_i1;
                      if (var_i0) {
                        var_i0 = 1u;
                      } else {
                        var_i0 = 68612u;
                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                        var_i1 = 1u;
                        var_i0 <<= (var_i1 & 31);
                        var_i1 = 68608u;
                        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                        var_i2 = 65668u;
                        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                        var_i3 = 65664u;
                        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
                        var_i2 -= var_i3;
                        var_i3 = 14u;
                        var_i2 >>= (var_i3 & 31);
                        var_i1 += var_i2;
                        var_l4 = var_i1;
                        var_i2 = 68644u;
                        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                        var_l7 = var_i2;
                        var_i1 -= var_i2;
                        var_i2 = 0u;
                        var_i3 = var_l4;
                        var_i4 = var_l7;
                        var_i3 = var_i3 > var_i4;
                        var_i1 = var_i3 ? var_i1 : var_i2;
                        var_i0 = var_i0 > var_i1;
                      }
                    } else {
                      var_i0 = 0u;
                    }
                    if (var_i0) {
                      w2c_core_f10(instance);
                    }
                  }
                  var_i0 = var_l6;
                  if (var_i0) {
                    var_i0 = var_l2;
                    var_i1 = var_p0;
                    var_i0 = w2c_core_f125(instance, var_i0, var_i1);
                  } else {
                    var_i0 = var_l2;
                    var_i1 = var_p0;
                    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
                  }
                  var_l4 = var_i0;
                  var_i0 = !(var_i0);
                  if (var_i0) {
                    var_i0 = var_p0;
                    var_i1 = 9u;
                    var_i0 >>= (var_i1 & 31);
                    var_i1 = 1u;
                    var_i0 += var_i1;
                    var_i1 = 9u;
                    var_i0 <<= (var_i1 & 31);
                    var_p0 = var_i0;
                    goto var_L39;
                  }
                  var_i0 = var_l4;
                  w2c_core_f27(instance, var_i0);
                  var_i0 = var_p0;
                  var_i1 = 1u;
                  var_i0 += var_i1;
                  var_p0 = var_i0;
                  goto var_L39;
                }
              var_i0 = var_l2;
              var_i1 = 12u;
              var_i0 <<= (var_i1 & 31);
              var_i1 = 4738304u;
              var_i0 += var_i1;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
              if (var_i0) {
                var_i0 = 19u;
                var_i1 = var_l2;
                var_i2 = var_l3;
                var_i3 = var_l1;
                w2c_core_f68(instance, var_i0, var_i1, var_i2, var_i3);
              }
              var_i0 = 4u;
              var_i1 = var_l2;
              var_i2 = var_l3;
              var_i3 = var_l1;
              w2c_core_f68(instance, var_i0, var_i1, var_i2, var_i3);
              var_i0 = var_l5;
              if (var_i0) {
                var_i0 = var_l2;
                var_i1 = 66628u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i2 = 66632u;
                var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                var_j3 = 9223372036854775808ull;
                var_i0 = w2c_core_f130(instance, var_i0, var_i1, var_i2, var_j3);
              }
              goto var_L37;
            }
        }
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        goto var_L33;
      }
  } else {
    var_i0 = var_l2;
    var_i1 = 20u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_l8 = var_j0;
      var_i0 = var_p0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
      var_l9 = var_j0;
      var_i0 = var_p0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
      var_l10 = var_j0;
      var_i0 = 1u;
      var_p0 = var_i0;
      var_L50: 
        var_i0 = var_p0;
        var_i1 = 65776u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_p0;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i1 = 1u;
          var_i0 = var_i0 != var_i1;
          if (var_i0) {
            var_i0 = 1u;
          } else {
            var_i0 = var_p0;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
            var_i1 = 0u;
            var_i0 = var_i0 != var_i1;
          }
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = 0u;
            var_l1 = var_i0;
            var_L54: 
              var_i0 = var_p0;
              var_i1 = var_l1;
              var_j2 = var_l8;
              var_j3 = var_l8;
              var_j4 = var_l10;
              var_j3 += var_j4;
              var_i0 = w2c_core_f108(instance, var_i0, var_i1, var_j2, var_j3);
              if (var_i0) {
                var_i0 = 66632u;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                var_l1 = var_i0;
                var_i0 = 66628u;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                var_l2 = var_i0;
                var_i0 = var_p0;
                var_i1 = 12u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 4738304u;
                var_i0 += var_i1;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
                if (var_i0) {
                  var_i0 = var_p0;
                  var_i1 = var_l2;
                  var_j0 = w2c_core_f8(instance, var_i0, var_i1);
                  goto var_B56;
                }
                var_i0 = var_p0;
                var_i1 = 12u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 4738304u;
                var_i0 += var_i1;
                var_l3 = var_i0;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                if (var_i0) {
                  var_i0 = var_l3;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
                  var_i1 = var_l3;
                  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
                  var_i2 = 9u;
                  var_i1 >>= (var_i2 & 31);
                  var_i2 = var_l2;
                  var_i3 = 9u;
                  var_i2 >>= (var_i3 & 31);
                  var_i1 += var_i2;
                  var_i2 = 2u;
                  var_i1 <<= (var_i2 & 31);
                  var_i0 += var_i1;
                  var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                  var_j1 = 21ull;
                  var_j0 <<= (var_j1 & 63);
                  var_i1 = var_l2;
                  var_i2 = 511u;
                  var_i1 &= var_i2;
                  var_j1 = (u64)(var_i1);
                  var_i2 = 65584u;
                  var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                  var_j1 <<= (var_j2 & 63);
                  var_j0 |= var_j1;
                  goto var_B56;
                }
                var_i0 = var_p0;
                var_i1 = 12u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 4738304u;
                var_i0 += var_i1;
                var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
                var_i1 = var_l2;
                var_j1 = (u64)(var_i1);
                var_i2 = 65584u;
                var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                var_j1 <<= (var_j2 & 63);
                var_j0 += var_j1;
                var_B56:;
                var_l11 = var_j0;
                var_i0 = 4u;
                var_i1 = var_p0;
                var_i2 = 66628u;
                var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                var_i3 = 66632u;
                var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
                w2c_core_f68(instance, var_i0, var_i1, var_i2, var_i3);
                var_i0 = var_p0;
                var_i1 = 66628u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i2 = 66632u;
                var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                var_j3 = var_l9;
                var_j4 = var_l11;
                var_j5 = var_l8;
                var_j4 -= var_j5;
                var_j3 += var_j4;
                var_i0 = w2c_core_f130(instance, var_i0, var_i1, var_i2, var_j3);
                var_i0 = !(var_i0);
                if (var_i0) {
                  var_i0 = 3840u;
                  var_i1 = 0u;
                  var_i2 = 0u;
                  var_i3 = 0u;
                  w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
                }
                goto var_L54;
              }
          }
          var_i0 = var_p0;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_p0 = var_i0;
          goto var_L50;
        }
    }
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f183(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0;
  u64 var_l10 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  var_l5 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l7 = var_i0;
  var_i0 = var_p0;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
  var_l10 = var_j0;
  var_j1 = 0ull;
  var_i0 = (u64)((s64)var_j0 > (s64)var_j1);
  if (var_i0) {
    var_j0 = var_l10;
    var_i1 = 65584u;
    var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j0 = (u64)((s64)var_j0 >> (var_j1 & 63));
    var_i0 = (u32)(var_j0);
  } else {
    var_i0 = 0u;
  }
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 66588u;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65760u;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_L2: 
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = var_l1;
      var_i2 = var_l4;
      var_i1 += var_i2;
      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      var_l8 = var_i0;
      var_i0 = 65592u;
      var_i1 = 65592u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 -= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65592u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65612u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_i1 = 65628u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 -= var_i1;
      var_l9 = var_i0;
      var_i1 = 65596u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = 65596u;
        var_i1 = var_l9;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      }
      var_i0 = var_l1;
      var_i1 = var_l5;
      var_i0 += var_i1;
      var_i1 = 3u;
      var_i2 = var_l8;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
      var_i0 = var_l8;
      var_i1 = 6u;
      w2c_core_f7(instance, var_i0, var_i1);
      var_i0 = var_l8;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_l9 = var_i0;
      var_i1 = 1024u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l8;
        var_i1 = var_l9;
        var_i2 = 4294966271u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = var_l8;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_i1 = 128u;
        var_i0 &= var_i1;
        var_i0 = !(var_i0);
        if (var_i0) {goto var_B6;}
        var_i0 = var_l8;
        var_i1 = var_l8;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967167u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        var_i0 = 4u;
        var_i1 = 14u;
        var_i2 = var_l8;
        var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 6u);
        var_i3 = 65688u;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i4 = var_l8;
        var_i5 = 65672u;
        var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
        var_i4 -= var_i5;
        var_l9 = var_i4;
        var_i5 = 14u;
        var_i4 >>= (var_i5 & 31);
        var_i5 = 3u;
        var_i4 <<= (var_i5 & 31);
        var_i3 += var_i4;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i4 = var_l9;
        var_i5 = 16383u;
        var_i4 &= var_i5;
        var_i5 = 5u;
        var_i4 >>= (var_i5 & 31);
        var_i3 += var_i4;
        var_i4 = 1u;
        w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
        var_B6:;
      }
      var_i0 = 66112u;
      var_i1 = var_l8;
      w2c_core_f28(instance, var_i0, var_i1);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L2;
    }
  var_i0 = var_l2;
  var_i1 = var_l6;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
  var_i1 = var_l2;
  var_j1 = (u64)(var_i1);
  var_i2 = 65584u;
  var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_j1 <<= (var_j2 & 63);
  var_j0 += var_j1;
  var_l10 = var_j0;
  var_i0 = var_l2;
  var_i1 = var_l4;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i0 = var_l3;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_l1;
    var_j0 = w2c_core_f8(instance, var_i0, var_i1);
    goto var_B8;
  }
  var_i0 = var_l3;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_l8 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  if (var_i0) {
    var_i0 = var_l8;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
    var_i1 = var_l8;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
    var_i2 = 9u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = var_l1;
    var_i3 = 9u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_j1 = 21ull;
    var_j0 <<= (var_j1 & 63);
    var_i1 = var_l1;
    var_i2 = 511u;
    var_i1 &= var_i2;
    var_j1 = (u64)(var_i1);
    var_i2 = 65584u;
    var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_j1 <<= (var_j2 & 63);
    var_j0 |= var_j1;
    goto var_B8;
  }
  var_i0 = var_l3;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i1 = var_l1;
  var_j1 = (u64)(var_i1);
  var_i2 = 65584u;
  var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_j1 <<= (var_j2 & 63);
  var_j0 += var_j1;
  var_B8:;
  var_j1 = var_l10;
  var_i0 = var_j0 != var_j1;
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  var_i1 = var_l7;
  var_i2 = 4u;
  var_i1 = var_i1 == var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_l5;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i0 = var_l3;
    var_i1 = var_l2;
    var_i2 = var_l4;
    var_i1 += var_i2;
    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
    var_l8 = var_i0;
    var_i1 = 0u;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    var_i0 = 3u;
    var_i1 = var_l7;
    var_i2 = var_l1;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l1 = var_i0;
    var_i1 = 2u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 1u;
      var_i2 = 0u;
      w2c_core_f6(instance, var_i0, var_i1, var_i2);
    } else {
      var_i0 = var_p0;
      var_i1 = 5u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 2u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 538624u;
      var_i0 += var_i1;
      var_l7 = var_i0;
      var_i1 = var_l7;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i3 = var_p0;
      var_i2 <<= (var_i3 & 31);
      var_i1 |= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = var_l1;
    var_i1 = 4u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 65592u;
      var_i1 = 65592u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 -= var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65592u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65612u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_i1 = 65628u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 -= var_i1;
      var_p0 = var_i0;
      var_i1 = 65596u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = 65596u;
        var_i1 = var_p0;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      }
      var_i0 = var_l8;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_p0 = var_i0;
      var_i1 = 3584u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l8;
        var_i1 = var_p0;
        w2c_core_f41(instance, var_i0, var_i1);
      }
      var_i0 = var_l8;
      w2c_core_f76(instance, var_i0);
      goto var_B13;
    }
    var_i0 = var_l1;
    var_i1 = 8u;
    var_i0 = var_i0 == var_i1;
    var_p0 = var_i0;
    var_i1 = var_l1;
    var_i2 = 5u;
    var_i1 = var_i1 == var_i2;
    var_i0 |= var_i1;
    if (var_i0) {
      var_i0 = 65732u;
      var_i1 = 65732u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 66588u;
      var_i1 = 66588u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = var_p0;
      if (var_i0) {
        var_i0 = 65944u;
        var_i1 = 65568u;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_j2 = 5000000ull;
        var_j1 += var_j2;
        i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
      }
      var_i0 = var_l8;
      var_i1 = var_l8;
      var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
      var_i2 = 16u;
      var_i1 |= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_l8;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 4u;
      var_i0 &= var_i1;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l8;
        w2c_core_f16(instance, var_i0);
      }
      goto var_B13;
    }
    var_i0 = var_l1;
    var_i1 = 3u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 65648u;
      var_i1 = 1u;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = var_l8;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_p0 = var_i0;
    var_i1 = 4u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 66064u;
      var_i1 = 66048u;
      var_i2 = var_p0;
      var_i3 = 16u;
      var_i2 &= var_i3;
      var_i2 = !(var_i2);
      var_i3 = 65604u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i4 = 2u;
      var_i3 = var_i3 == var_i4;
      var_p0 = var_i3;
      var_i4 = var_p0;
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_i1 = var_l8;
      w2c_core_f118(instance, var_i0, var_i1);
    }
    var_B13:;
  } else {
    var_i0 = var_l3;
    var_i1 = var_l2;
    var_i2 = var_l4;
    var_i1 += var_i2;
    var_i2 = 1u;
    var_i3 = var_l2;
    var_i4 = var_l5;
    var_i3 += var_i4;
    var_i4 = 1u;
    w2c_core_f47(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
  }
  var_i0 = var_l6;
  var_i1 = var_l2;
  var_i0 -= var_i1;
  var_i1 = 1u;
  var_i0 -= var_i1;
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_l3;
    var_i1 = var_l2;
    var_i2 = var_l4;
    var_i1 += var_i2;
    var_i2 = 1u;
    var_i1 += var_i2;
    var_i2 = var_p0;
    var_i3 = var_l2;
    var_i4 = var_l5;
    var_i3 += var_i4;
    var_i4 = 1u;
    var_i3 += var_i4;
    var_i4 = 0u;
    w2c_core_f47(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static void w2c_core_f187(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j0, var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
  var_l5 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  var_l7 = var_i0;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = var_l6;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = var_l5;
        var_i0 += var_i1;
        var_l8 = var_i0;
        var_i1 = 511u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l1;
          var_i1 = 32u;
          var_i0 += var_i1;
        } else {
          var_i0 = var_l4;
          var_i1 = var_l8;
          var_i0 = w2c_core_f4(instance, var_i0, var_i1);
        }
      } else {
        var_i0 = var_l4;
        var_i1 = var_l5;
        var_i0 = w2c_core_f4(instance, var_i0, var_i1);
      }
      var_l1 = var_i0;
      var_i1 = var_l2;
      var_i2 = var_l3;
      var_i1 += var_i2;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 497664u;
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_l1;
        var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 = var_i0 != var_i1;
      }
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = var_l3;
        var_i0 += var_i1;
        var_i1 = 1u;
        var_i2 = 0u;
        w2c_core_f6(instance, var_i0, var_i1, var_i2);
      } else {
        var_i0 = var_l7;
        if (var_i0) {
          var_i0 = var_l2;
          var_i1 = var_l3;
          var_i0 += var_i1;
          var_l8 = var_i0;
          var_i0 = var_l1;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
          var_l9 = var_j0;
          var_j1 = 18446744073709551615ull;
          var_i0 = var_j0 != var_j1;
          if (var_i0) {
            var_j0 = var_l9;
            var_i1 = var_l8;
            var_i2 = 3u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = 530432u;
            var_i1 += var_i2;
            var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_i0 = var_j0 != var_j1;
            goto var_B7;
          }
          var_i0 = var_l1;
          var_i1 = var_l8;
          var_i2 = 3u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = 530432u;
          var_i1 += var_i2;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
          var_i0 = 0u;
          var_B7:;
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = var_l1;
            var_i2 = var_l2;
            var_i3 = var_l3;
            var_i2 += var_i3;
            var_i3 = 2u;
            w2c_core_f26(instance, var_i0, var_i1, var_i2, var_i3);
          } else {
            var_i0 = var_l1;
            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
            var_i1 = 512u;
            var_i0 &= var_i1;
            if (var_i0) {
              var_i0 = var_l1;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
              var_l8 = var_i0;
              var_i0 = 65696u;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              if (var_i0) {
                var_i0 = var_l8;
                var_i1 = 12u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 4738304u;
                var_i0 += var_i1;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
                var_l8 = var_i0;
                if (var_i0) {
                  var_i0 = var_l8;
                  var_i1 = 24576u;
                  var_i0 *= var_i1;
                  var_i1 = 21511424u;
                  var_i0 += var_i1;
                } else {
                  var_i0 = 0u;
                }
              } else {
                var_i0 = 0u;
              }
              var_l8 = var_i0;
              if (var_i0) {
                var_i0 = var_l8;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
                var_i1 = 3u;
                var_i0 = var_i0 == var_i1;
              } else {
                var_i0 = 0u;
              }
            } else {
              var_i0 = 0u;
            }
            if (var_i0) {
              var_i0 = var_l1;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
            } else {
              var_i0 = 1u;
            }
            if (var_i0) {
              var_i0 = 1u;
            } else {
              var_i0 = var_l1;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
              var_i1 = 4u;
              var_i0 &= var_i1;
            }
            if (var_i0) {
              var_i0 = 1u;
            } else {
              var_i0 = var_l1;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
              var_i1 = 64u;
              var_i0 &= var_i1;
            }
            if (var_i0) {
              var_i0 = var_l1;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
              var_l8 = var_i0;
              var_i1 = 64u;
              var_i0 &= var_i1;
              if (var_i0) {
                var_i0 = var_l1;
                var_i1 = var_l8;
                var_i2 = 4294967294u;
                var_i1 &= var_i2;
                i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                var_i0 = var_l1;
                var_i1 = var_l1;
                var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                var_i2 = 128u;
                var_i1 |= var_i2;
                i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
              }
              var_i0 = var_l1;
              var_i1 = 4u;
              w2c_core_f34(instance, var_i0, var_i1);
            } else {
              var_i0 = var_l1;
              var_i1 = var_l2;
              var_i2 = var_l3;
              var_i1 += var_i2;
              w2c_core_f104(instance, var_i0, var_i1);
            }
          }
        } else {
          var_i0 = var_l6;
          var_i1 = 1u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_p0;
            var_i1 = var_l1;
            var_i2 = var_l3;
            var_i3 = 1u;
            w2c_core_f26(instance, var_i0, var_i1, var_i2, var_i3);
          } else {
            var_i0 = var_l2;
            var_i1 = var_l3;
            var_i0 += var_i1;
            var_i1 = 1u;
            var_i2 = 0u;
            w2c_core_f6(instance, var_i0, var_i1, var_i2);
            var_i0 = var_l1;
            var_i1 = 0u;
            i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
            var_i0 = var_l1;
            w2c_core_f46(instance, var_i0);
          }
        }
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  FUNC_EPILOGUE;
}

static void w2c_core_f188(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u64 var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j0, var_j1;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
  var_l2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
  var_l4 = var_i0;
  var_i1 = var_p0;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
  var_l5 = var_i1;
  var_i0 = w2c_core_f4(instance, var_i0, var_i1);
  var_l1 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 9u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_l1;
  var_i1 = var_l2;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 497664u;
  var_i1 += var_i2;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_l1;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 1u;
    var_i0 = var_i0 != var_i1;
  }
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = 1u;
    var_i2 = 0u;
    w2c_core_f6(instance, var_i0, var_i1, var_i2);
    goto var_Bfunc;
  }
  var_i0 = var_l1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 1u;
  var_i0 &= var_i1;
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = var_l1;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
    var_l7 = var_j0;
    var_j1 = 18446744073709551615ull;
    var_i0 = var_j0 != var_j1;
    if (var_i0) {
      var_j0 = var_l7;
      var_i1 = var_l2;
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 530432u;
      var_i1 += var_i2;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_j0 != var_j1;
      goto var_B4;
    }
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 530432u;
    var_i1 += var_i2;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
    var_i0 = 0u;
    var_B4:;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l1;
    var_i2 = var_l2;
    var_i3 = 2u;
    w2c_core_f26(instance, var_i0, var_i1, var_i2, var_i3);
    goto var_Bfunc;
  }
  var_i0 = var_l3;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_l1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_l6 = var_i0;
    var_i1 = 8192u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = var_l6;
      var_i2 = 4294967039u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = 1u;
    } else {
      var_i0 = 0u;
    }
  }
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 2u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 3u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 530432u;
      var_i0 += var_i1;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l1;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
      var_i0 = var_j0 != var_j1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l1;
      var_i2 = var_l2;
      var_i3 = 7u;
      w2c_core_f26(instance, var_i0, var_i1, var_i2, var_i3);
      goto var_Bfunc;
    }
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 530432u;
    var_i1 += var_i2;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
    var_i0 = var_l1;
    var_i1 = var_l1;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 2u;
    var_i1 |= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  }
  var_i0 = var_l1;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_i1 = 512u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_l1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_p0 = var_i0;
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_p0 = var_i0;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_p0 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 3u;
      var_i0 = var_i0 == var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_l1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_l1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 4u;
    var_i0 &= var_i1;
  }
  if (var_i0) {
    var_i0 = var_l1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_l4;
      var_i1 = var_l5;
      var_i2 = 4576u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i0 = CALL_INDIRECT(instance->w2c_T0, u32 (*)(void*, u32, u32), w2c_core_t1, var_i2, instance->w2c_T0.data[var_i2].module_instance, var_i0, var_i1);
    }
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = var_l2;
    w2c_core_f104(instance, var_i0, var_i1);
  } else {
    var_i0 = var_l1;
    var_i1 = 5u;
    var_i2 = 2u;
    var_i3 = var_l3;
    var_i1 = var_i3 ? var_i1 : var_i2;
    w2c_core_f34(instance, var_i0, var_i1);
  }
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_step_0(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, 
      var_l8 = 0, var_l9 = 0, var_l10 = 0;
  u64 var_l11 = 0, var_l12 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4;
  var_i0 = 65544u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65552u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 2032u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 65648u;
  var_i1 = 0u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66564u;
  var_i1 = 3906250u;
  var_i2 = 65568u;
  var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_j3 = 6ull;
  var_j2 >>= (var_j3 & 63);
  var_i2 = (u32)(var_j2);
  var_l0 = var_i2;
  var_i3 = 1u;
  var_i4 = var_l0;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l2 = var_i2;
  var_i3 = 66560u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_l0 = var_i2;
  var_i3 = var_l0;
  var_i4 = 3906250u;
  var_i3 = var_i3 >= var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66560u;
  var_i1 = var_l2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66320u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = 65784u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l0;
    var_i0 = var_i0 >= var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = 68612u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 68608u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65668u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 65664u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_i3 = 14u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      var_l2 = var_i1;
      var_i2 = 68644u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_l0 = var_i2;
      var_i1 -= var_i2;
      var_i2 = 0u;
      var_i3 = var_l0;
      var_i4 = var_l2;
      var_i3 = var_i3 < var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 = var_i0 > var_i1;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    w2c_core_f10(instance);
  }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_L5: 
    var_i0 = var_l2;
    if (var_i0) {
      var_i0 = 1u;
      var_l0 = var_i0;
      var_i0 = var_l2;
      var_i0 = I32_CTZ(var_i0);
      var_i1 = 24576u;
      var_i0 *= var_i1;
      var_i1 = 21536000u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 2u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i0 = w2c_core_f136(instance, var_i0);
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {goto var_B4;}
      var_i0 = var_l2;
      var_i1 = var_l2;
      var_i2 = 1u;
      var_i1 -= var_i2;
      var_i0 &= var_i1;
      var_l2 = var_i0;
      goto var_L5;
    }
  var_i0 = 0u;
  var_l0 = var_i0;
  var_B4:;
  var_i0 = var_l0;
  if (var_i0) {
    var_i0 = 2u;
    goto var_Bfunc;
  }
  var_i0 = 66620u;
  var_i1 = 65624u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65544u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l9 = var_i0;
  var_i0 = 65536u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l8 = var_i0;
  var_i0 = 65540u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  var_l2 = var_i0;
  var_L9: 
    var_i0 = var_l2;
    var_i1 = var_l8;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 69632u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 18u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = 65612u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1024u;
        var_i0 += var_i1;
        var_i1 = 4096u;
        var_i2 = 65544u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 65552u;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i2 -= var_i3;
        var_i1 -= var_i2;
        var_i0 = var_i0 >= var_i1;
        if (var_i0) {goto var_B11;}
        var_i0 = var_l0;
        w2c_core_f182(instance, var_i0);
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = 65544u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l9;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = 66640u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 1u;
        goto var_Bfunc;
      }
      goto var_L9;
      var_B11:;
    }
  var_L15: 
    var_i0 = var_l2;
    var_i1 = var_l4;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 1024u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65556u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65560u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 256u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 5u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 69632u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 18u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {goto var_B19;}
      var_i0 = var_l0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16u);
      var_l12 = var_j0;
      var_i0 = var_l0;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_l11 = var_j0;
      var_i0 = var_l0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      var_l3 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_j0 = var_l12;
        var_i0 = w2c_core_f127(instance, var_j0);
        var_l0 = var_i0;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = 3u;
          var_i1 = 0u;
          var_j2 = var_l12;
          var_j3 = 1ull;
          var_i4 = 65584u;
          var_j4 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
          var_j3 <<= (var_j4 & 63);
          var_j4 = 1ull;
          var_j3 -= var_j4;
          var_j4 = 18446744073709551615ull;
          var_j3 ^= var_j4;
          var_j2 &= var_j3;
          w2c_core_f100(instance, var_i0, var_i1, var_j2);
          goto var_B19;
        }
        var_i0 = var_l0;
        var_i1 = 66664u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_j2 = var_l11;
        w2c_core_f99(instance, var_i0, var_i1, var_j2);
        goto var_B19;
      }
      var_i0 = var_l3;
      var_i1 = 4096u;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 1u;
        var_i0 = var_i0 == var_i1;
      } else {
        var_i0 = 0u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B19;}
      var_i0 = var_l3;
      var_j1 = var_l12;
      var_i0 = w2c_core_f51(instance, var_i0, var_j1);
      var_l0 = var_i0;
      var_i1 = 4294967295u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 5u;
        var_i1 = var_l3;
        var_i2 = 4294967295u;
        var_i3 = 0u;
        var_i4 = 0u;
        var_i5 = 4u;
        var_i6 = 0u;
        w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
      } else {
        var_i0 = var_l3;
        var_i1 = var_l0;
        var_j2 = var_l11;
        w2c_core_f99(instance, var_i0, var_i1, var_j2);
      }
      var_B19:;
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L15;
    }
  w2c_core_f11(instance);
  var_i0 = var_l4;
  var_i1 = var_l8;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 65536u;
    var_i1 = 0u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 0u;
    var_l4 = var_i0;
  }
  var_i0 = 65540u;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66104u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_L26: 
    var_i0 = var_l2;
    if (var_i0) {
      var_i0 = 4096u;
      var_i1 = 65544u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65552u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i1 -= var_i2;
      var_i0 -= var_i1;
      var_i1 = 64u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 -= var_i1;
      var_l2 = var_i0;
      var_i0 = 66096u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l7 = var_i0;
      if (var_i0) {
        var_i0 = 66096u;
        var_i1 = var_l7;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_l0 = var_i1;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l0;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = 66100u;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = 66104u;
        var_i1 = 66104u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l7;
        var_i1 = var_l7;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
        var_i2 = 4294967263u;
        var_i1 &= var_i2;
        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      }
      var_i0 = var_l7;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
      if (var_i0) {
        var_i0 = 65688u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l7;
        var_i2 = 65672u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_l0 = var_i1;
        var_i2 = 14u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 3u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l0;
        var_i2 = 16383u;
        var_i1 &= var_i2;
        var_i2 = 5u;
        var_i1 >>= (var_i2 & 31);
        var_i0 += var_i1;
        var_l6 = var_i0;
        var_i0 = var_l7;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_l5 = var_i0;
        var_i0 = var_l7;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
        var_l3 = var_i0;
        var_i1 = 8192u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = 7u;
          var_i1 = 0u;
          var_i2 = var_l3;
          var_i3 = 32768u;
          var_i2 &= var_i3;
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l0 = var_i0;
          goto var_B32;
        }
        var_i0 = 0u;
        var_l0 = var_i0;
        var_i0 = var_l3;
        var_i1 = 256u;
        var_i0 &= var_i1;
        if (var_i0) {goto var_B32;}
        var_i0 = var_l3;
        var_i1 = 1u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
          var_l0 = var_i0;
          var_i1 = 1u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = 3u;
          } else {
            var_i0 = 4u;
            var_i1 = 5u;
            var_i2 = var_l0;
            var_i3 = 2u;
            var_i2 = var_i2 == var_i3;
            var_i0 = var_i2 ? var_i0 : var_i1;
          }
          var_l0 = var_i0;
          goto var_B32;
        }
        var_i0 = var_l5;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28u);
        var_l3 = var_i0;
        if (var_i0) {
          var_i0 = var_l6;
          var_i1 = var_l5;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
          var_i0 = var_i0 >= var_i1;
        } else {
          var_i0 = 1u;
        }
        if (var_i0) {goto var_B32;}
        var_i0 = 1u;
        var_i1 = 2u;
        var_i2 = var_l3;
        var_i3 = 1u;
        var_i2 = var_i2 == var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l0 = var_i0;
        var_B32:;
        var_i0 = var_l7;
        var_i1 = var_l0;
        w2c_core_f34(instance, var_i0, var_i1);
      } else {
        var_i0 = var_l7;
        w2c_core_f46(instance, var_i0);
      }
      goto var_L26;
    }
  w2c_core_f11(instance);
  w2c_core_f181(instance);
  w2c_core_f96(instance);
  var_i0 = 66568u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  var_i0 = 66568u;
  var_i1 = 66080u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l0 = var_i1;
  if (var_i1) {
    var_i1 = 65568u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_j2 = 6ull;
    var_j1 >>= (var_j2 & 63);
    var_i1 = (u32)(var_j1);
    var_l2 = var_i1;
    var_i2 = 1u;
    var_i3 = var_l2;
    var_i1 = var_i3 ? var_i1 : var_i2;
  } else {
    var_i1 = 0u;
  }
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l0;
  if (var_i0) {
    var_i0 = var_l3;
    if (var_i0) {
      var_i0 = 66568u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l3;
      var_i0 -= var_i1;
      var_i1 = 3906250u;
      var_i0 = var_i0 > var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 66568u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l3;
      var_i0 -= var_i1;
      var_l6 = var_i0;
      var_i0 = var_l0;
      var_l2 = var_i0;
      var_L41: 
        var_i0 = var_l2;
        if (var_i0) {
          var_i0 = var_l2;
          var_i1 = 66568u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_l5 = var_i1;
          var_i2 = var_l2;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 12u);
          var_l3 = var_i2;
          var_i3 = var_l6;
          var_i2 += var_i3;
          var_i3 = var_l5;
          var_i4 = var_l3;
          var_i3 -= var_i4;
          var_i4 = var_l6;
          var_i3 = var_i3 < var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_l3 = var_i1;
          var_i2 = 1u;
          var_i3 = var_l3;
          var_i1 = var_i3 ? var_i1 : var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
          var_i0 = var_l2;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_l2 = var_i0;
          goto var_L41;
        }
    }
    var_L43: 
      var_i0 = var_l0;
      if (var_i0) {
        var_i0 = var_l0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_l3 = var_i0;
        if (var_i0) {
          var_i0 = 65720u;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_j1 = 6ull;
          var_j0 >>= (var_j1 & 63);
          var_i0 = (u32)(var_j0);
          var_i1 = 65568u;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_j2 = 6ull;
          var_j1 >>= (var_j2 & 63);
          var_i1 = (u32)(var_j1);
          var_l2 = var_i1;
          var_i2 = 1u;
          var_i3 = var_l2;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i2 = var_l3;
          var_i1 -= var_i2;
          var_i0 = var_i0 < var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 4096u;
        var_i1 = 65556u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 65560u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_i0 -= var_i1;
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 66080u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l3 = var_i0;
        if (var_i0) {
          var_i0 = 66080u;
          var_i1 = var_l3;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
          var_l2 = var_i1;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = var_l2;
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = 66084u;
            var_i1 = 0u;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          }
          var_i0 = 66088u;
          var_i1 = 66088u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 1u;
          var_i1 -= var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = var_l3;
          var_i1 = var_l3;
          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
          var_i2 = 4294967263u;
          var_i1 &= var_i2;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
        }
        var_i0 = 5u;
        var_i1 = var_l0;
        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 6u);
        var_i2 = 65688u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = var_l0;
        var_i4 = 65672u;
        var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
        var_i3 -= var_i4;
        var_l0 = var_i3;
        var_i4 = 14u;
        var_i3 >>= (var_i4 & 31);
        var_i4 = 3u;
        var_i3 <<= (var_i4 & 31);
        var_i2 += var_i3;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = var_l0;
        var_i4 = 16383u;
        var_i3 &= var_i4;
        var_i4 = 5u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 0u;
        var_i4 = 0u;
        var_i5 = 3u;
        var_i6 = 65728u;
        var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6));
        w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
        var_i0 = 66080u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_l0 = var_i0;
        goto var_L43;
      }
  }
  var_i0 = var_l8;
  if (var_i0) {
    var_i0 = 65692u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
    }
  } else {
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l0 = var_i0;
    if (var_i0) {
      var_i0 = 66656u;
      var_i1 = 128u;
      var_i2 = 66656u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 1u;
      var_i2 += var_i3;
      var_l2 = var_i2;
      var_i3 = var_l2;
      var_i4 = 128u;
      var_i3 = var_i3 >= var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_L53: 
        var_i0 = var_l0;
        if (var_i0) {
          var_i0 = var_l0;
          var_i0 = I32_CTZ(var_i0);
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21536000u;
          var_i0 += var_i1;
          var_l2 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 1u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_l2;
            w2c_core_f137(instance, var_i0);
          } else {
            var_i0 = var_l2;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_i1 = 3u;
            var_i0 = var_i0 == var_i1;
            if (var_i0) {
              var_i0 = var_l2;
              w2c_core_f157(instance, var_i0);
            } else {
              var_i0 = var_l2;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
              var_i1 = 6u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_i0 = var_l2;
                w2c_core_f155(instance, var_i0);
              }
            }
          }
          var_i0 = var_l0;
          var_i1 = var_l0;
          var_i2 = 1u;
          var_i1 -= var_i2;
          var_i0 &= var_i1;
          var_l0 = var_i0;
          goto var_L53;
        }
      var_i0 = 0u;
      var_l0 = var_i0;
      var_i0 = 65696u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l2 = var_i0;
      var_L58: 
        var_i0 = var_l2;
        if (var_i0) {
          var_i0 = var_l2;
          var_i0 = I32_CTZ(var_i0);
          var_i1 = 24576u;
          var_i0 *= var_i1;
          var_i1 = 21536000u;
          var_i0 += var_i1;
          var_l5 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_l3 = var_i0;
          if (var_i0) {
            var_i0 = 2u;
            var_i1 = 1u;
            var_i2 = var_l0;
            var_i3 = 1u;
            var_i2 = var_i2 != var_i3;
            var_i3 = 0u;
            var_i4 = var_l3;
            var_i5 = 3u;
            var_i4 = var_i4 == var_i5;
            if (var_i4) {
              var_i4 = var_l5;
              var_i4 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 115u);
              if (var_i4) {
                var_i4 = var_l5;
                var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 88u);
                var_i5 = var_l5;
                var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5) + 84u);
                var_i4 = var_i4 == var_i5;
              } else {
                var_i4 = 1u;
              }
            } else {
              var_i4 = 0u;
            }
            var_i2 = var_i4 ? var_i2 : var_i3;
            var_i0 = var_i2 ? var_i0 : var_i1;
            var_l0 = var_i0;
          }
          var_i0 = var_l2;
          var_i1 = var_l2;
          var_i2 = 1u;
          var_i1 -= var_i2;
          var_i0 &= var_i1;
          var_l2 = var_i0;
          goto var_L58;
        }
      var_i0 = 65764u;
      var_i1 = var_l0;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = 65692u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = 0u;
      var_l0 = var_i0;
      var_L64: 
        var_i0 = var_l10;
        var_i1 = 64u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_l10;
          var_i1 = 6u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 538880u;
          var_i0 += var_i1;
          var_l6 = var_i0;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l5 = var_i0;
          if (var_i0) {
            var_i0 = var_l6;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
            if (var_i0) {
              var_i0 = 2u;
            } else {
              var_i0 = var_l6;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
              var_i1 = var_l6;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
              var_i0 = var_i0 >= var_i1;
            }
          } else {
            var_i0 = 1u;
          }
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_l6;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
            var_l3 = var_i0;
            var_i0 = var_l6;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_l2 = var_i0;
            var_i0 = var_l5;
            var_i1 = 1u;
            var_i0 = var_i0 == var_i1;
            if (var_i0) {
              var_i0 = var_l6;
              w2c_core_f178(instance, var_i0);
            } else {
              var_i0 = var_l5;
              var_i1 = 4u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_i0 = var_l6;
                w2c_core_f179(instance, var_i0);
              } else {
                var_i0 = var_l6;
                var_i1 = var_l5;
                var_i2 = 3u;
                var_i1 = var_i1 == var_i2;
                w2c_core_f177(instance, var_i0, var_i1);
              }
            }
            var_i0 = 1u;
            var_i1 = var_l0;
            var_i2 = var_l3;
            var_i3 = var_l6;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 12u);
            var_i2 = var_i2 != var_i3;
            if (var_i2) {
              var_i2 = 1u;
            } else {
              var_i2 = var_l2;
              var_i3 = var_l6;
              var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 8u);
              var_i2 = var_i2 != var_i3;
            }
            var_i0 = var_i2 ? var_i0 : var_i1;
            var_l0 = var_i0;
          }
          var_i0 = var_l10;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l10 = var_i0;
          goto var_L64;
        }
      w2c_core_f11(instance);
      w2c_core_f25(instance);
      w2c_core_f23(instance);
      var_i0 = var_l0;
    } else {
      var_i0 = 0u;
    }
  }
  var_l3 = var_i0;
  w2c_core_f11(instance);
  w2c_core_f195(instance);
  var_i0 = 66324u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {goto var_B72;}
  var_i0 = 2u;
  var_i1 = 32u;
  var_i2 = 65612u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l5 = var_i2;
  var_i3 = 3u;
  var_i2 >>= (var_i3 & 31);
  var_l0 = var_i2;
  var_i3 = var_l0;
  var_i4 = 32u;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l0 = var_i1;
  var_i2 = var_l0;
  var_i3 = 2u;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = 65700u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l2 = var_i1;
  var_i2 = var_l5;
  var_i3 = 2u;
  var_i2 >>= (var_i3 & 31);
  var_l0 = var_i2;
  var_i3 = var_l0;
  var_i4 = var_l2;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i1 = 65744u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  if (var_i1) {
    var_i1 = 4294967295u;
  } else {
    var_i1 = 65960u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_l12 = var_j1;
    var_i2 = 65592u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65612u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 += var_i3;
    var_i3 = 65628u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_i3 = 65632u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 -= var_i3;
    var_j2 = (u64)(var_i2);
    var_l11 = var_j2;
    var_i1 = var_j1 > var_j2;
    if (var_i1) {
      var_j1 = 4294967295ull;
      var_j2 = var_l12;
      var_j3 = var_l11;
      var_j2 -= var_j3;
      var_l11 = var_j2;
      var_j3 = var_l11;
      var_j4 = 4294967295ull;
      var_i3 = var_j3 >= var_j4;
      var_j1 = var_i3 ? var_j1 : var_j2;
      var_i1 = (u32)(var_j1);
    } else {
      var_i1 = 0u;
    }
  }
  var_l0 = var_i1;
  var_i2 = var_l0;
  var_i3 = var_l2;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l6 = var_i0;
  var_i1 = 3u;
  var_i0 >>= (var_i1 & 31);
  var_l5 = var_i0;
  var_i1 = 65588u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l0 = var_i1;
  var_i2 = 4294967295u;
  var_i1 = var_i1 != var_i2;
  if (var_i1) {
    var_i1 = var_l0;
    var_i2 = 65760u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 += var_i2;
    var_l0 = var_i1;
  }
  var_i1 = var_l0;
  var_i2 = 65592u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 65612u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  var_i3 = 65628u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_l2 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l0;
  var_i4 = var_l2;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {goto var_B72;}
  var_i0 = 65632u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = var_l6;
  var_i2 = 1u;
  var_i1 >>= (var_i2 & 31);
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = var_l5;
    var_i0 -= var_i1;
    w2c_core_f67(instance, var_i0);
  }
  var_B72:;
  var_i0 = 66320u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = 65676u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l0 = var_i0;
    var_i1 = 65784u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_l5 = var_i1;
    var_i2 = var_l0;
    var_i3 = 4u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_i0 = var_i0 <= var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = 68612u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 68608u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 65668u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_i3 = 65664u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i2 -= var_i3;
      var_i3 = 14u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      var_l2 = var_i1;
      var_i2 = 68644u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_l0 = var_i2;
      var_i1 -= var_i2;
      var_i2 = 0u;
      var_i3 = var_l0;
      var_i4 = var_l2;
      var_i3 = var_i3 < var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_l5;
        var_i1 = 65680u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 2u;
        var_i1 >>= (var_i2 & 31);
        var_i0 = var_i0 > var_i1;
      } else {
        var_i0 = 0u;
      }
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 0u;
    var_l10 = var_i0;
    var_i0 = 65568u;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65944u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_j0 < var_j1;
    if (var_i0) {goto var_B81;}
    var_i0 = 65680u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l7 = var_i0;
    var_L82: 
      var_i0 = var_l1;
      var_i1 = 64u;
      var_i0 = var_i0 < var_i1;
      var_i1 = var_l10;
      var_i2 = 256u;
      var_i1 = var_i1 < var_i2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = 68640u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 = var_i0 <= var_i1;
        if (var_i0) {
          var_i0 = 68640u;
          var_i1 = 0u;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = 65688u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 65668u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 68640u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i3 = 14u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_l6 = var_i1;
        var_i2 = 65672u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_i2 = 14u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 3u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 4294967295u;
        var_i0 = var_i0 != var_i1;
        if (var_i0) {
          var_i0 = 0u;
          var_l2 = var_i0;
          var_L88: 
            var_i0 = var_l2;
            var_i1 = 512u;
            var_i0 = var_i0 < var_i1;
            if (var_i0) {
              var_i0 = var_l6;
              var_i1 = var_l2;
              var_i2 = 5u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_l5 = var_i0;
              var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l0 = var_i0;
              var_i1 = 3u;
              var_i0 = var_i0 != var_i1;
              var_i1 = var_l0;
              var_i2 = 2u;
              var_i1 = var_i1 != var_i2;
              var_i0 &= var_i1;
              if (var_i0) {
                var_i0 = 1u;
              } else {
                var_i0 = var_l5;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
              }
              if (var_i0) {goto var_B90;}
              var_i0 = var_l5;
              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
              var_i1 = 4u;
              var_i0 &= var_i1;
              if (var_i0) {goto var_B90;}
              var_i0 = 0u;
              var_l0 = var_i0;
              var_i0 = 4096u;
              var_i1 = 65544u;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i2 = 65552u;
              var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
              var_i1 -= var_i2;
              var_i0 -= var_i1;
              var_i1 = 32u;
              var_i0 = var_i0 < var_i1;
              if (var_i0) {
                var_i0 = 0u;
              } else {
                var_i0 = var_l5;
                var_i0 = w2c_core_f48(instance, var_i0);
              }
              var_i0 = !(var_i0);
              if (var_i0) {goto var_B87;}
              var_B90:;
              var_i0 = var_l2;
              var_i1 = 1u;
              var_i0 += var_i1;
              var_l2 = var_i0;
              goto var_L88;
            }
          var_i0 = 1u;
          var_l0 = var_i0;
          var_B87:;
          var_i0 = var_l0;
          var_i0 = !(var_i0);
          if (var_i0) {goto var_B84;}
          var_i0 = var_l1;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l1 = var_i0;
        }
        var_i0 = 68640u;
        var_i1 = 68640u;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l10;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l10 = var_i0;
        goto var_L82;
        var_B84:;
      }
    w2c_core_f25(instance);
    var_i0 = 65612u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 1u;
    var_i0 >>= (var_i1 & 31);
    w2c_core_f87(instance, var_i0);
    w2c_core_f23(instance);
    w2c_core_f101(instance);
    var_B81:;
  }
  var_i0 = 65692u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    w2c_core_f101(instance);
  }
  var_i0 = 65544u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l9;
  var_i0 = var_i0 != var_i1;
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 65692u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l2 = var_i0;
  }
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l0 = var_i0;
  }
  var_i0 = 65592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65612u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 += var_i1;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_l1 = var_i0;
  var_i1 = var_l0;
  var_i0 -= var_i1;
  var_i1 = 0u;
  var_i2 = var_l0;
  var_i3 = var_l1;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l0 = var_i0;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = 66672u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = 66588u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65592u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 < var_i1;
    }
    var_l1 = var_i0;
  }
  var_i0 = 66672u;
  var_i1 = var_l0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65744u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = 65588u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l0 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = 65760u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_l0 = var_i0;
    }
    var_i0 = 65632u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l0;
    var_i2 = 65592u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65612u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 += var_i3;
    var_i3 = 65628u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_l6 = var_i3;
    var_i2 -= var_i3;
    var_l5 = var_i2;
    var_i1 -= var_i2;
    var_i2 = 0u;
    var_i3 = var_l0;
    var_i4 = var_l5;
    var_i3 = var_i3 > var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_l0 = var_i1;
    var_i2 = var_l6;
    var_i3 = var_l0;
    var_i4 = var_l6;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i0 += var_i1;
    var_i0 = !(var_i0);
    var_l0 = var_i0;
  }
  var_i0 = var_l0;
  if (var_i0) {
    var_i0 = 66088u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l0 = var_i0;
    if (var_i0) {
      var_i0 = 66588u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 66588u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 65592u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 1u;
    }
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = 65760u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l6 = var_i0;
      var_i0 = 66676u;
      var_i1 = 66560u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65760u;
      var_i1 = var_l0;
      var_i2 = 65588u;
      var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_l0 = var_i2;
      var_i3 = 4294967295u;
      var_i2 = var_i2 != var_i3;
      if (var_i2) {
        var_i2 = var_l0;
        var_i3 = 65760u;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_i2 += var_i3;
        var_l0 = var_i2;
      }
      var_i2 = var_l6;
      var_i3 = 65592u;
      var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_i4 = 65612u;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_i3 += var_i4;
      var_i4 = 65628u;
      var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
      var_i3 -= var_i4;
      var_l5 = var_i3;
      var_i4 = var_l0;
      var_i3 -= var_i4;
      var_i4 = 0u;
      var_i5 = var_l0;
      var_i6 = var_l5;
      var_i5 = var_i5 < var_i6;
      var_i3 = var_i5 ? var_i3 : var_i4;
      var_i2 += var_i3;
      var_i1 += var_i2;
      var_i2 = 32u;
      var_i3 = var_l6;
      var_i4 = 4u;
      var_i3 >>= (var_i4 & 31);
      var_l0 = var_i3;
      var_i4 = var_l0;
      var_i5 = 32u;
      var_i4 = var_i4 > var_i5;
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 1u;
    }
    var_l0 = var_i0;
  }
  var_i0 = var_l4;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = var_l4;
    var_l3 = var_i0;
  }
  var_i0 = var_l3;
  if (var_i0) {
    var_i0 = var_l3;
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = var_l2;
    var_l1 = var_i0;
  }
  var_i0 = var_l1;
  if (var_i0) {
    var_i0 = var_l1;
    var_l0 = var_i0;
  }
  var_i0 = 65696u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    goto var_Bfunc;
  }
  var_i0 = 2u;
  var_i1 = 0u;
  var_i2 = var_l0;
  if (var_i2) {
    var_i2 = 1u;
  } else {
    var_i2 = 65696u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_l0 = var_i2;
    var_L112: 
      var_i2 = var_l0;
      if (var_i2) {
        var_i2 = 1u;
        var_i3 = var_l0;
        var_i3 = I32_CTZ(var_i3);
        var_i4 = 24576u;
        var_i3 *= var_i4;
        var_i4 = 21536000u;
        var_i3 += var_i4;
        var_l2 = var_i3;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 8u);
        var_l1 = var_i3;
        var_i4 = 2u;
        var_i3 = var_i3 == var_i4;
        var_i4 = var_l1;
        var_i5 = 1u;
        var_i4 = var_i4 == var_i5;
        var_i3 |= var_i4;
        var_i4 = var_l1;
        var_i5 = 6u;
        var_i4 = var_i4 == var_i5;
        var_i3 |= var_i4;
        if (var_i3) {goto var_B111;}
        var_i2 = 1u;
        var_i3 = var_l1;
        var_i4 = 3u;
        var_i3 = var_i3 == var_i4;
        var_l1 = var_i3;
        if (var_i3) {
          var_i3 = var_l1;
          if (var_i3) {
            var_i3 = var_l2;
            var_i3 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 115u);
            if (var_i3) {
              var_i3 = var_l2;
              var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 88u);
              var_i4 = var_l2;
              var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4) + 84u);
              var_i3 = var_i3 == var_i4;
            } else {
              var_i3 = 1u;
            }
          } else {
            var_i3 = 0u;
          }
        } else {
          var_i3 = 1u;
        }
        var_i3 = !(var_i3);
        if (var_i3) {goto var_B111;}
        var_i2 = var_l0;
        var_i3 = var_l0;
        var_i4 = 1u;
        var_i3 -= var_i4;
        var_i2 &= var_i3;
        var_l0 = var_i2;
        goto var_L112;
      }
    var_i2 = 0u;
    var_B111:;
  }
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_settle_0(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i9;
  u64 var_j0, var_j1, var_j2, var_j3, var_j7, var_j8, var_j9;
  var_i0 = 65552u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 65548u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_l0;
    var_i1 = 4095u;
    var_i0 &= var_i1;
    var_i1 = 6u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 104448u;
    var_i0 += var_i1;
  }
  var_l1 = var_i0;
  var_L1: 
    var_i0 = var_l1;
    if (var_i0) {
      var_i0 = var_l1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40u);
      var_l0 = var_i0;
      var_i1 = 1u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = var_l1;
        w2c_core_f180(instance, var_i0);
      } else {
        var_i0 = var_l0;
        var_i1 = 4u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_l1;
          var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
          var_i1 = 1u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {goto var_B5;}
          var_i0 = var_l1;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32u);
          var_j1 = 0ull;
          var_i0 = (u64)((s64)var_j0 >= (s64)var_j1);
          if (var_i0) {goto var_B5;}
          var_i0 = var_l1;
          var_i1 = var_l1;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
          var_i2 = var_l1;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 48u);
          var_i1 = w2c_core_f4(instance, var_i1, var_i2);
          var_i2 = var_l1;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 56u);
          var_i3 = 2u;
          w2c_core_f26(instance, var_i0, var_i1, var_i2, var_i3);
          var_B5:;
        } else {
          var_i0 = var_l0;
          var_i1 = 5u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = var_l1;
            w2c_core_f183(instance, var_i0);
          } else {
            var_i0 = var_l0;
            var_i1 = 8u;
            var_i0 = var_i0 == var_i1;
            if (var_i0) {
              var_i0 = var_l1;
              w2c_core_f158(instance, var_i0);
            } else {
              var_i0 = var_l0;
              var_i1 = 9u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_i0 = var_l1;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                var_l0 = var_i0;
                var_i1 = 5u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 497664u;
                var_i0 += var_i1;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                var_l2 = var_i0;
                var_i0 = 65584u;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                var_l3 = var_i0;
                var_i0 = var_l1;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                var_i1 = 7u;
                var_i0 = var_i0 == var_i1;
                if (var_i0) {
                  var_i0 = var_l2;
                  var_i1 = var_l0;
                  var_i2 = 65576u;
                  var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                  var_i3 = 65616u;
                  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
                  var_i4 = var_l0;
                  var_i5 = var_l3;
                  var_i4 <<= (var_i5 & 31);
                  var_i3 += var_i4;
                  var_j3 = (u64)(var_i3);
                  var_j2 += var_j3;
                  var_i3 = 1u;
                  var_i4 = var_l3;
                  var_i3 <<= (var_i4 & 31);
                  w2c_core_f61(instance, var_i0, var_i1, var_j2, var_i3);
                } else {
                  var_i0 = var_l2;
                  var_i1 = var_l0;
                  var_i2 = var_l1;
                  var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 8u);
                  var_i3 = var_l1;
                  var_j3 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 32u);
                  var_i3 = (u32)(var_j3);
                  w2c_core_f61(instance, var_i0, var_i1, var_j2, var_i3);
                }
              } else {
                var_i0 = var_l0;
                var_i1 = 10u;
                var_i0 = var_i0 == var_i1;
                if (var_i0) {
                  var_i0 = var_l1;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                  var_l0 = var_i0;
                  var_i1 = 5u;
                  var_i0 <<= (var_i1 & 31);
                  var_i1 = 497664u;
                  var_i0 += var_i1;
                  var_l2 = var_i0;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                  var_l3 = var_i0;
                  w2c_core_f37(instance, var_i0);
                  var_i0 = var_l3;
                  var_i1 = var_l1;
                  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 60u);
                  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
                  var_i0 = var_l3;
                  var_i1 = var_l1;
                  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
                  i64_store32_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 28, var_j1);
                  var_i0 = var_l0;
                  var_i1 = var_l2;
                  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
                  var_i2 = var_l1;
                  var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 24u);
                  var_i2 = (u32)(var_j2);
                  w2c_core_f60(instance, var_i0, var_i1, var_i2);
                } else {
                  var_i0 = var_l0;
                  var_i1 = 2u;
                  var_i0 = var_i0 == var_i1;
                  if (var_i0) {
                    var_i0 = var_l1;
                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
                    var_l2 = var_i0;
                    var_i0 = var_l1;
                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
                    var_l3 = var_i0;
                    var_i0 = var_l1;
                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
                    var_l4 = var_i0;
                    var_i0 = var_l1;
                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                    var_l5 = var_i0;
                    var_i0 = var_l1;
                    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                    var_i1 = 1u;
                    var_i0 = var_i0 == var_i1;
                    if (var_i0) {
                      var_i0 = var_l2;
                      var_i1 = var_l3;
                      var_i0 = w2c_core_f4(instance, var_i0, var_i1);
                      var_l0 = var_i0;
                      var_i0 = 0u;
                      var_l1 = var_i0;
                      var_L13: 
                        var_i0 = var_l1;
                        var_i1 = var_l4;
                        var_i0 = var_i0 < var_i1;
                        if (var_i0) {
                          var_i0 = var_l1;
                          if (var_i0) {
                            var_i0 = var_l1;
                            var_i1 = var_l3;
                            var_i0 += var_i1;
                            var_l6 = var_i0;
                            var_i1 = 511u;
                            var_i0 &= var_i1;
                            if (var_i0) {
                              var_i0 = var_l0;
                              var_i1 = 32u;
                              var_i0 += var_i1;
                            } else {
                              var_i0 = var_l2;
                              var_i1 = var_l6;
                              var_i0 = w2c_core_f4(instance, var_i0, var_i1);
                            }
                            var_l0 = var_i0;
                          }
                          var_i0 = var_l0;
                          var_i1 = var_l1;
                          var_i2 = var_l5;
                          var_i1 += var_i2;
                          var_i2 = 3u;
                          var_i1 <<= (var_i2 & 31);
                          var_i2 = 530432u;
                          var_i1 += var_i2;
                          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                          i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
                          var_i0 = var_l0;
                          var_i1 = var_l0;
                          var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                          var_i2 = 2u;
                          var_i1 |= var_i2;
                          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                          var_i0 = var_l1;
                          var_i1 = 1u;
                          var_i0 += var_i1;
                          var_l1 = var_i0;
                          goto var_L13;
                        }
                    } else {
                      var_i0 = var_l4;
                      var_i1 = 1u;
                      var_i0 = var_i0 == var_i1;
                      if (var_i0) {
                        var_i0 = var_l1;
                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                        var_i1 = 84u;
                        var_i0 = var_i0 == var_i1;
                        var_l0 = var_i0;
                        var_i0 = var_l1;
                        var_i1 = var_l2;
                        var_i2 = var_l3;
                        var_i1 = w2c_core_f4(instance, var_i1, var_i2);
                        var_i2 = var_l5;
                        var_i3 = 7u;
                        var_i4 = 1u;
                        var_i5 = var_l0;
                        var_i3 = var_i5 ? var_i3 : var_i4;
                        w2c_core_f26(instance, var_i0, var_i1, var_i2, var_i3);
                      }
                    }
                  } else {
                    var_i0 = var_l0;
                    var_i1 = 3u;
                    var_i0 = var_i0 == var_i1;
                    if (var_i0) {
                      var_i0 = var_l1;
                      w2c_core_f187(instance, var_i0);
                    } else {
                      var_i0 = var_l0;
                      var_i1 = 20u;
                      var_i0 = var_i0 == var_i1;
                      if (var_i0) {
                        var_i0 = var_l1;
                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                        var_l0 = var_i0;
                        var_i1 = 5u;
                        var_i0 <<= (var_i1 & 31);
                        var_i1 = 497664u;
                        var_i0 += var_i1;
                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                        var_l2 = var_i0;
                        var_i0 = var_l1;
                        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                        var_i1 = 1u;
                        var_i0 = var_i0 != var_i1;
                        if (var_i0) {
                          var_i0 = var_l2;
                          var_i1 = var_l0;
                          w2c_core_f85(instance, var_i0, var_i1);
                          goto var_B20;
                        }
                        var_i0 = var_l2;
                        var_i1 = var_l0;
                        var_i2 = 3u;
                        var_i1 <<= (var_i2 & 31);
                        var_i2 = 530432u;
                        var_i1 += var_i2;
                        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                        i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
                        var_i0 = var_l2;
                        var_i1 = var_l2;
                        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                        var_i2 = 2u;
                        var_i1 |= var_i2;
                        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                        var_i0 = var_l2;
                        w2c_core_f42(instance, var_i0);
                        var_B20:;
                      } else {
                        var_i0 = var_l0;
                        var_i1 = 12u;
                        var_i0 = var_i0 == var_i1;
                        if (var_i0) {
                          var_i0 = var_l1;
                          w2c_core_f188(instance, var_i0);
                        } else {
                          var_i0 = var_l0;
                          var_i1 = 11u;
                          var_i0 = var_i0 == var_i1;
                          if (var_i0) {
                            var_i0 = var_l1;
                            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                            var_l0 = var_i0;
                            var_i0 = var_l1;
                            var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                            var_i1 = 1u;
                            var_i0 = var_i0 == var_i1;
                            if (var_i0) {
                              var_i0 = var_l0;
                              var_i1 = var_l0;
                              var_i2 = 5u;
                              var_i1 <<= (var_i2 & 31);
                              var_i2 = 497664u;
                              var_i1 += var_i2;
                              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
                              var_i2 = 1u;
                              var_i3 = 65584u;
                              var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
                              var_i2 <<= (var_i3 & 31);
                              w2c_core_f60(instance, var_i0, var_i1, var_i2);
                            } else {
                              var_i0 = var_l0;
                              var_i1 = 5u;
                              var_i0 <<= (var_i1 & 31);
                              var_i1 = 497664u;
                              var_i0 += var_i1;
                              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                              var_i1 = var_l0;
                              var_i2 = var_l1;
                              var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
                              w2c_core_f32(instance, var_i0, var_i1, var_i2);
                            }
                          } else {
                            var_i0 = var_l0;
                            var_i1 = 7u;
                            var_i0 = var_i0 == var_i1;
                            if (var_i0) {
                              var_i0 = var_l1;
                              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                              var_l0 = var_i0;
                              var_i0 = var_l1;
                              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
                              var_l2 = var_i0;
                              var_i1 = var_l1;
                              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
                              var_i0 = w2c_core_f4(instance, var_i0, var_i1);
                              var_l3 = var_i0;
                              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
                              var_l4 = var_i0;
                              var_i0 = var_l1;
                              var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                              var_i1 = 1u;
                              var_i0 = var_i0 != var_i1;
                              if (var_i0) {
                                var_i0 = 1u;
                              } else {
                                var_i0 = var_l3;
                                var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                var_i1 = 5u;
                                var_i0 = var_i0 != var_i1;
                              }
                              if (var_i0) {
                                var_i0 = 65592u;
                                var_i1 = 65592u;
                                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                var_i2 = 1u;
                                var_i1 -= var_i2;
                                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                var_i0 = 65592u;
                                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                var_i1 = 65612u;
                                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                var_i0 += var_i1;
                                var_i1 = 65628u;
                                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                var_i0 -= var_i1;
                                var_l1 = var_i0;
                                var_i1 = 65596u;
                                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                var_i0 = var_i0 > var_i1;
                                if (var_i0) {
                                  var_i0 = 65596u;
                                  var_i1 = var_l1;
                                  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                }
                                var_i0 = var_l3;
                                var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                var_i1 = 5u;
                                var_i0 = var_i0 == var_i1;
                                if (var_i0) {
                                  var_i0 = var_l0;
                                  var_i1 = 5u;
                                  var_i0 <<= (var_i1 & 31);
                                  var_i1 = 497664u;
                                  var_i0 += var_i1;
                                  var_l0 = var_i0;
                                  var_i1 = var_l0;
                                  var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 1u);
                                  var_i2 = 1u;
                                  var_i1 |= var_i2;
                                  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1, var_i1);
                                }
                                goto var_B26;
                              }
                              var_i0 = var_l3;
                              var_i1 = 0u;
                              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
                              var_i0 = var_l3;
                              var_i1 = var_l3;
                              var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                              var_i2 = 8u;
                              var_i1 |= var_i2;
                              i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                              var_i0 = var_l3;
                              var_i1 = 10u;
                              w2c_core_f7(instance, var_i0, var_i1);
                              var_i0 = 65696u;
                              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                              if (var_i0) {
                                var_i0 = 1u;
                              } else {
                                var_i0 = var_l3;
                                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                                var_i1 = 3072u;
                                var_i0 &= var_i1;
                              }
                              if (var_i0) {
                                var_i0 = var_l3;
                                w2c_core_f31(instance, var_i0);
                              }
                              var_i0 = var_l2;
                              var_i1 = 12u;
                              var_i0 <<= (var_i1 & 31);
                              var_i1 = 4738632u;
                              var_i0 += var_i1;
                              var_l0 = var_i0;
                              var_i1 = var_l0;
                              var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                              var_j2 = 1ull;
                              var_j1 += var_j2;
                              i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
                              var_i0 = var_l4;
                              if (var_i0) {
                                var_i0 = var_l2;
                                var_i1 = var_l4;
                                w2c_core_f117(instance, var_i0, var_i1);
                              }
                              var_B26:;
                            } else {
                              var_i0 = var_l0;
                              var_i1 = 15u;
                              var_i0 = var_i0 == var_i1;
                              if (var_i0) {
                                var_i0 = var_l1;
                                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                                var_i1 = 1u;
                                var_i0 = var_i0 != var_i1;
                                if (var_i0) {
                                  var_i0 = 4u;
                                  var_i1 = 0u;
                                  var_i2 = 14u;
                                  var_i3 = var_l1;
                                  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 44u);
                                  var_i4 = 0u;
                                  var_i5 = 1u;
                                  var_i6 = 0u;
                                  var_i7 = var_l1;
                                  var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
                                  var_j8 = 0ull;
                                  var_i9 = var_l1;
                                  var_j9 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9) + 24u);
                                  var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
                                }
                              } else {
                                var_i0 = var_l0;
                                var_i1 = 16u;
                                var_i0 = var_i0 == var_i1;
                                if (var_i0) {
                                  var_i0 = var_l1;
                                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
                                  var_l0 = var_i0;
                                  var_i0 = var_l1;
                                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
                                  var_l2 = var_i0;
                                  var_i0 = var_l1;
                                  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                                  var_i1 = 1u;
                                  var_i0 = var_i0 == var_i1;
                                  var_l3 = var_i0;
                                  var_i0 = !(var_i0);
                                  if (var_i0) {
                                    var_i0 = 65944u;
                                    var_i1 = 65568u;
                                    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_j2 = 5000000ull;
                                    var_j1 += var_j2;
                                    i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
                                  }
                                  var_i0 = var_l0;
                                  var_l1 = var_i0;
                                  var_L38: 
                                    var_i0 = var_l1;
                                    var_i1 = var_l0;
                                    var_i2 = var_l2;
                                    var_i1 += var_i2;
                                    var_i0 = var_i0 < var_i1;
                                    if (var_i0) {
                                      var_i0 = var_l1;
                                      var_i1 = var_l3;
                                      var_i1 = !(var_i1);
                                      var_i2 = 0u;
                                      w2c_core_f6(instance, var_i0, var_i1, var_i2);
                                      var_i0 = var_l1;
                                      var_i1 = 1u;
                                      var_i0 += var_i1;
                                      var_l1 = var_i0;
                                      goto var_L38;
                                    }
                                } else {
                                  var_i0 = var_l0;
                                  var_i1 = 17u;
                                  var_i0 = var_i0 == var_i1;
                                  if (var_i0) {
                                    var_i0 = 66640u;
                                    var_i1 = 66640u;
                                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_i2 = 1u;
                                    var_i1 -= var_i2;
                                    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                    var_i0 = var_l1;
                                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
                                    var_l2 = var_i0;
                                    var_i1 = var_l1;
                                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 48u);
                                    var_l3 = var_i1;
                                    var_i0 = w2c_core_f4(instance, var_i0, var_i1);
                                    var_l4 = var_i0;
                                    var_i0 = var_l1;
                                    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                                    var_l5 = var_i0;
                                    var_i1 = 2u;
                                    var_i0 = var_i0 == var_i1;
                                    var_i1 = var_l5;
                                    var_i2 = 1u;
                                    var_i1 = var_i1 == var_i2;
                                    var_i0 |= var_i1;
                                    if (var_i0) {
                                      var_i0 = var_l4;
                                      var_i1 = 2u;
                                      w2c_core_f7(instance, var_i0, var_i1);
                                      var_i0 = var_l4;
                                      w2c_core_f16(instance, var_i0);
                                      goto var_B41;
                                    }
                                    var_i0 = 65592u;
                                    var_i1 = 65592u;
                                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_i2 = 1u;
                                    var_i1 -= var_i2;
                                    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                    var_i0 = 65592u;
                                    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                    var_i1 = 65612u;
                                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_i0 += var_i1;
                                    var_i1 = 65628u;
                                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_i0 -= var_i1;
                                    var_l0 = var_i0;
                                    var_i1 = 65596u;
                                    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_i0 = var_i0 > var_i1;
                                    if (var_i0) {
                                      var_i0 = 65596u;
                                      var_i1 = var_l0;
                                      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                    }
                                    var_i0 = var_l5;
                                    var_i1 = 3u;
                                    var_i0 = var_i0 == var_i1;
                                    if (var_i0) {
                                      var_i0 = 1u;
                                      var_i0 = w2c_core_f36(instance, var_i0);
                                      var_l0 = var_i0;
                                      var_i1 = 4294967295u;
                                      var_i0 = var_i0 == var_i1;
                                      if (var_i0) {
                                        var_i0 = 65628u;
                                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                        if (var_i0) {
                                          var_i0 = 538624u;
                                          var_i1 = 1u;
                                          var_i2 = 65612u;
                                          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                                          var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
                                        } else {
                                          var_i0 = 4294967295u;
                                        }
                                        var_l0 = var_i0;
                                      }
                                      var_i0 = var_l0;
                                      var_i1 = 4294967295u;
                                      var_i0 = var_i0 == var_i1;
                                      if (var_i0) {
                                        var_i0 = 0u;
                                      } else {
                                        var_i0 = 65616u;
                                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                        var_i1 = var_l0;
                                        var_i2 = 65584u;
                                        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                                        var_l6 = var_i2;
                                        var_i1 <<= (var_i2 & 31);
                                        var_i0 += var_i1;
                                        var_i1 = var_l1;
                                        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
                                        var_i2 = 65576u;
                                        var_j2 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
                                        var_j1 -= var_j2;
                                        var_i1 = (u32)(var_j1);
                                        var_i2 = 1u;
                                        var_i3 = var_l6;
                                        var_i2 <<= (var_i3 & 31);
                                        memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i0, var_i1, var_i2);
                                        var_i0 = var_l0;
                                        var_i1 = 2u;
                                        var_i2 = var_l4;
                                        w2c_core_f6(instance, var_i0, var_i1, var_i2);
                                        var_i0 = var_l4;
                                        var_i1 = var_l0;
                                        var_i2 = 1u;
                                        var_i1 += var_i2;
                                        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
                                        var_i0 = var_l4;
                                        var_i1 = var_l4;
                                        var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                                        var_i2 = 128u;
                                        var_i1 |= var_i2;
                                        i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                                        var_i0 = 65648u;
                                        var_i1 = 1u;
                                        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                        var_i0 = 66096u;
                                        var_i1 = var_l4;
                                        w2c_core_f17(instance, var_i0, var_i1);
                                        var_i0 = 1u;
                                      }
                                    } else {
                                      var_i0 = 0u;
                                    }
                                    if (var_i0) {goto var_B41;}
                                    var_i0 = var_l5;
                                    var_i1 = 4u;
                                    var_i0 = var_i0 == var_i1;
                                    var_i1 = var_l5;
                                    var_i2 = 6u;
                                    var_i1 = var_i1 == var_i2;
                                    var_i0 |= var_i1;
                                    if (var_i0) {
                                      var_i0 = var_l4;
                                      var_i1 = 4u;
                                      w2c_core_f7(instance, var_i0, var_i1);
                                      goto var_B41;
                                    }
                                    var_i0 = var_l4;
                                    var_i1 = 65568u;
                                    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                    var_j2 = 6ull;
                                    var_j1 >>= (var_j2 & 63);
                                    var_i1 = (u32)(var_j1);
                                    var_l0 = var_i1;
                                    var_i2 = 1u;
                                    var_i3 = var_l0;
                                    var_i1 = var_i3 ? var_i1 : var_i2;
                                    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
                                    var_i0 = 5u;
                                    var_i1 = var_l2;
                                    var_i2 = var_l3;
                                    var_i3 = 0u;
                                    var_i4 = 0u;
                                    var_i5 = 5u;
                                    var_i6 = var_l1;
                                    var_i6 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i6) + 4u);
                                    w2c_core_f9(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6);
                                    var_B41:;
                                  } else {
                                    var_i0 = var_l0;
                                    var_i1 = 18u;
                                    var_i0 = var_i0 == var_i1;
                                    if (var_i0) {
                                      var_i0 = var_l1;
                                      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
                                      var_l2 = var_i0;
                                      var_i0 = var_l1;
                                      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 48u);
                                      var_l3 = var_i0;
                                      var_i0 = var_l1;
                                      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 52u);
                                      var_l4 = var_i0;
                                      var_i0 = 65696u;
                                      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                                      if (var_i0) {
                                        var_i0 = var_l2;
                                        var_i1 = 12u;
                                        var_i0 <<= (var_i1 & 31);
                                        var_i1 = 4738304u;
                                        var_i0 += var_i1;
                                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
                                        var_l0 = var_i0;
                                        if (var_i0) {
                                          var_i0 = var_l0;
                                          var_i1 = 24576u;
                                          var_i0 *= var_i1;
                                          var_i1 = 21511424u;
                                          var_i0 += var_i1;
                                        } else {
                                          var_i0 = 0u;
                                        }
                                      } else {
                                        var_i0 = 0u;
                                      }
                                      var_l5 = var_i0;
                                      var_i0 = var_l1;
                                      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                                      var_l6 = var_i0;
                                      var_i1 = 4u;
                                      var_i0 = var_i0 == var_i1;
                                      var_i1 = var_l4;
                                      var_i2 = 1u;
                                      var_i1 = var_i1 > var_i2;
                                      var_i0 &= var_i1;
                                      if (var_i0) {
                                        var_i0 = 0u;
                                        var_l1 = var_i0;
                                        var_L54: 
                                          var_i0 = var_l1;
                                          var_i1 = var_l4;
                                          var_i0 = var_i0 < var_i1;
                                          if (var_i0) {
                                            var_i0 = 20u;
                                            var_i1 = 18u;
                                            var_i2 = var_l2;
                                            var_i3 = var_l1;
                                            var_i4 = var_l3;
                                            var_i3 += var_i4;
                                            var_i4 = 1u;
                                            w2c_core_f13(instance, var_i0, var_i1, var_i2, var_i3, var_i4);
                                            var_i0 = var_l1;
                                            var_i1 = 1u;
                                            var_i0 += var_i1;
                                            var_l1 = var_i0;
                                            goto var_L54;
                                          }
                                        goto var_B50;
                                      }
                                      var_i0 = 0u;
                                      var_l0 = var_i0;
                                      var_L56: 
                                        var_i0 = var_l0;
                                        var_i1 = var_l4;
                                        var_i0 = var_i0 < var_i1;
                                        if (var_i0) {
                                          var_i0 = var_l2;
                                          var_i1 = var_l0;
                                          var_i2 = var_l3;
                                          var_i1 += var_i2;
                                          var_i0 = w2c_core_f4(instance, var_i0, var_i1);
                                          var_l7 = var_i0;
                                          if (var_i0) {
                                            var_i0 = 76u;
                                            var_i1 = var_l7;
                                            var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                                            var_i0 >>= (var_i1 & 31);
                                            var_i1 = 1u;
                                            var_i0 &= var_i1;
                                          } else {
                                            var_i0 = 0u;
                                          }
                                          if (var_i0) {
                                            var_i0 = var_l6;
                                            var_i1 = 1u;
                                            var_i0 = var_i0 == var_i1;
                                            if (var_i0) {
                                              var_i0 = var_l7;
                                              var_i1 = var_l7;
                                              var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                                              var_i2 = 1024u;
                                              var_i1 |= var_i2;
                                              i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                                            } else {
                                              var_i0 = var_l5;
                                              if (var_i0) {
                                                var_i0 = var_l5;
                                                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44u);
                                                var_i1 = 4096u;
                                                var_i0 = var_i0 == var_i1;
                                                if (var_i0) {
                                                  var_i0 = var_l5;
                                                  var_i1 = 1u;
                                                  i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
                                                  goto var_B62;
                                                }
                                                var_i0 = var_l5;
                                                var_i1 = 6656u;
                                                var_i0 += var_i1;
                                                var_i1 = var_l5;
                                                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
                                                var_i2 = 2u;
                                                var_i1 <<= (var_i2 & 31);
                                                var_i0 += var_i1;
                                                var_i1 = var_l0;
                                                var_i2 = var_l3;
                                                var_i1 += var_i2;
                                                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                                var_i0 = var_l5;
                                                var_i1 = var_l5;
                                                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 44u);
                                                var_i2 = 1u;
                                                var_i1 += var_i2;
                                                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 44, var_i1);
                                                var_B62:;
                                              }
                                            }
                                          }
                                          var_i0 = var_l0;
                                          var_i1 = 1u;
                                          var_i0 += var_i1;
                                          var_l0 = var_i0;
                                          goto var_L56;
                                        }
                                      var_i0 = var_l6;
                                      var_i1 = 1u;
                                      var_i0 = var_i0 == var_i1;
                                      if (var_i0) {goto var_B50;}
                                      var_i0 = 65648u;
                                      var_i1 = 1u;
                                      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                                      var_i0 = var_l6;
                                      var_i1 = 4u;
                                      var_i0 = var_i0 != var_i1;
                                      var_i1 = 0u;
                                      var_i2 = var_l6;
                                      var_i3 = 3u;
                                      var_i2 = var_i2 != var_i3;
                                      var_i3 = 0u;
                                      var_i4 = var_l5;
                                      var_i2 = var_i4 ? var_i2 : var_i3;
                                      var_i0 = var_i2 ? var_i0 : var_i1;
                                      if (var_i0) {
                                        var_i0 = var_l1;
                                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                                        var_l0 = var_i0;
                                        var_i0 = var_l5;
                                        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
                                        var_l1 = var_i0;
                                        var_i1 = 6u;
                                        var_i0 = var_i0 == var_i1;
                                        var_i1 = 1u;
                                        var_i2 = var_l1;
                                        var_i0 = var_i2 ? var_i0 : var_i1;
                                        if (var_i0) {
                                          var_i0 = 1u;
                                        } else {
                                          var_i0 = var_l5;
                                          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
                                          var_i1 = 5u;
                                          var_i0 = var_i0 == var_i1;
                                        }
                                        if (var_i0) {goto var_B65;}
                                        var_i0 = var_l5;
                                        var_i1 = 5u;
                                        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
                                        var_i0 = var_l5;
                                        var_i1 = var_l3;
                                        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
                                        var_i0 = var_l5;
                                        var_i1 = 5u;
                                        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
                                        var_i0 = var_l5;
                                        var_i1 = var_l0;
                                        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
                                        var_B65:;
                                      }
                                      var_B50:;
                                    } else {
                                      var_i0 = var_l0;
                                      var_i1 = 19u;
                                      var_i0 = var_i0 == var_i1;
                                      if (var_i0) {
                                        var_i0 = var_l1;
                                        w2c_core_f156(instance, var_i0);
                                      } else {
                                        var_i0 = var_l0;
                                        var_i1 = 14u;
                                        var_i0 = var_i0 != var_i1;
                                        if (var_i0) {
                                          var_i0 = 4608u;
                                          var_i1 = 0u;
                                          var_i2 = 0u;
                                          var_i3 = 0u;
                                          w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
      var_i0 = 65552u;
      var_i1 = 65552u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 65552u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l0 = var_i0;
      var_i1 = 65548u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = var_l0;
        var_i1 = 4095u;
        var_i0 &= var_i1;
        var_i1 = 6u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 104448u;
        var_i0 += var_i1;
      }
      var_l1 = var_i0;
      goto var_L1;
    }
  w2c_core_f11(instance);
  w2c_core_f25(instance);
  w2c_core_f23(instance);
  var_i0 = 66088u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  if (var_i0) {
    var_i0 = 65588u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l0 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = 65760u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 += var_i1;
      var_l0 = var_i0;
    }
    var_i0 = 65632u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l0;
    var_i2 = 65592u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i3 = 65612u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_i2 += var_i3;
    var_i3 = 65628u;
    var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_l1 = var_i3;
    var_i2 -= var_i3;
    var_l2 = var_i2;
    var_i1 -= var_i2;
    var_i2 = 0u;
    var_i3 = var_l0;
    var_i4 = var_l2;
    var_i3 = var_i3 > var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_l0 = var_i1;
    var_i2 = var_l1;
    var_i3 = var_l0;
    var_i4 = var_l1;
    var_i3 = var_i3 < var_i4;
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i0 += var_i1;
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    w2c_core_f96(instance);
  }
  FUNC_EPILOGUE;
}

static u32 w2c_core_pageState_0(w2c_core* instance, u32 var_p0, u32 var_p1) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i0 = w2c_core_f4(instance, var_i0, var_i1);
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  } else {
    var_i0 = 0u;
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static u64 w2c_core_pageAt_0(w2c_core* instance, u32 var_p0, u32 var_p1) {
  FUNC_PROLOGUE;
  u32 var_i0, var_i1;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_j0 = (u64)(var_i0);
  var_i1 = var_p1;
  var_j1 = (u64)(var_i1);
  var_j2 = 32ull;
  var_j1 <<= (var_j2 & 63);
  var_j0 |= var_j1;
  var_i0 = w2c_core_f127(instance, var_j0);
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = 66664u;
    var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_p0;
    var_j1 = (u64)(var_i1);
    var_j2 = 32ull;
    var_j1 <<= (var_j2 & 63);
    var_j0 |= var_j1;
  } else {
    var_j0 = 0ull;
  }
  FUNC_EPILOGUE;
  return var_j0;
}

static u32 w2c_core_layoutHash_0(w2c_core* instance) {
  FUNC_PROLOGUE;
  u32 var_i0;
  var_i0 = 790470123u;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f195(w2c_core* instance) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, 
      var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0;
  u64 var_l13 = 0, var_l14 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j3, var_j4, var_j5, var_j6;
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l0 = var_i0;
  }
  var_i0 = 65592u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 65612u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 += var_i1;
  var_i1 = 65628u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_l1 = var_i0;
  var_i1 = var_l0;
  var_i0 -= var_i1;
  var_i1 = 0u;
  var_i2 = var_l0;
  var_i3 = var_l1;
  var_i2 = var_i2 < var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = var_l1;
    w2c_core_f67(instance, var_i0);
  }
  var_i0 = 65588u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = var_l0;
    var_i1 = 65760u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 += var_i1;
    var_l0 = var_i0;
  }
  var_i0 = 65632u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l0;
  var_i2 = 65612u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_l2 = var_i2;
  var_i3 = 65592u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  var_i3 = 65628u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_l4 = var_i3;
  var_i2 -= var_i3;
  var_l5 = var_i2;
  var_i1 -= var_i2;
  var_i2 = 0u;
  var_i3 = var_l0;
  var_i4 = var_l5;
  var_i3 = var_i3 > var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l0 = var_i1;
  var_i2 = var_l4;
  var_i3 = var_l0;
  var_i4 = var_l4;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i1 = 66088u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 2u;
  var_i3 = 32u;
  var_i4 = var_l2;
  var_i5 = 3u;
  var_i4 >>= (var_i5 & 31);
  var_l0 = var_i4;
  var_i5 = var_l0;
  var_i6 = 32u;
  var_i5 = var_i5 > var_i6;
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_l0 = var_i3;
  var_i4 = var_l0;
  var_i5 = 2u;
  var_i4 = var_i4 < var_i5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = 65700u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_l0 = var_i3;
  var_i4 = var_l2;
  var_i5 = 2u;
  var_i4 >>= (var_i5 & 31);
  var_l2 = var_i4;
  var_i5 = var_l0;
  var_i6 = var_l2;
  var_i5 = var_i5 < var_i6;
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_i2 += var_i3;
  var_l0 = var_i2;
  var_i3 = 65744u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  if (var_i3) {
    var_i3 = 4294967295u;
  } else {
    var_i3 = 65960u;
    var_j3 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
    var_l14 = var_j3;
    var_i4 = 65592u;
    var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
    var_i5 = 65612u;
    var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
    var_i4 += var_i5;
    var_i5 = 65628u;
    var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
    var_i4 -= var_i5;
    var_i5 = 65632u;
    var_i5 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i5));
    var_i4 -= var_i5;
    var_j4 = (u64)(var_i4);
    var_l13 = var_j4;
    var_i3 = var_j3 > var_j4;
    if (var_i3) {
      var_j3 = 4294967295ull;
      var_j4 = var_l14;
      var_j5 = var_l13;
      var_j4 -= var_j5;
      var_l13 = var_j4;
      var_j5 = var_l13;
      var_j6 = 4294967295ull;
      var_i5 = var_j5 >= var_j6;
      var_j3 = var_i5 ? var_j3 : var_j4;
      var_i3 = (u32)(var_j3);
    } else {
      var_i3 = 0u;
    }
  }
  var_l2 = var_i3;
  var_i4 = var_l0;
  var_i5 = var_l2;
  var_i4 = var_i4 < var_i5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i1 += var_i2;
  var_i2 = var_l1;
  var_i1 += var_i2;
  var_l2 = var_i1;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = var_l1;
  var_i1 = var_l4;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = 65760u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = 66560u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 66676u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i0 -= var_i1;
      var_i1 = 15625u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 65628u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = 65632u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i0 = !(var_i0);
    var_l0 = var_i0;
  }
  var_i0 = 65728u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l1 = var_i0;
  if (var_i0) {
    var_i0 = 65568u;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65704u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_j0 >= var_j1;
  } else {
    var_i0 = var_l1;
  }
  var_i1 = 0u;
  var_i2 = var_l0;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = 66088u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = 66680u;
    var_i1 = 66680u;
    var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i1 = !(var_i1);
    i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 66680u;
    var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = 0u;
      var_l0 = var_i0;
      var_L14: 
        var_i0 = var_l0;
        var_i1 = 32u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = 66116u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l1 = var_i0;
          if (var_i0) {
            var_i0 = var_l1;
            var_i1 = 0u;
            var_i2 = 0u;
            w2c_core_f19(instance, var_i0, var_i1, var_i2);
            var_i0 = var_l0;
            var_i1 = 1u;
            var_i0 += var_i1;
            var_l0 = var_i0;
            goto var_L14;
          }
        }
      w2c_core_f11(instance);
      goto var_Bfunc;
    }
  }
  var_i0 = 65612u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l0 = var_i0;
  var_i1 = 2u;
  var_i0 >>= (var_i1 & 31);
  var_l1 = var_i0;
  var_i0 = 8u;
  var_i1 = var_l2;
  var_i2 = var_l4;
  var_i1 -= var_i2;
  var_l2 = var_i1;
  var_i2 = var_l2;
  var_i3 = 8u;
  var_i2 = var_i2 <= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l2 = var_i0;
  var_i1 = var_l0;
  var_i2 = 1u;
  var_i1 >>= (var_i2 & 31);
  var_l0 = var_i1;
  var_i2 = var_l0;
  var_i3 = var_l2;
  var_i2 = var_i2 > var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l10 = var_i0;
  var_i1 = 65636u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l11 = var_i1;
  var_i0 = var_i0 > var_i1;
  var_l2 = var_i0;
  var_i0 = 32u;
  var_i1 = var_l10;
  var_i2 = var_l10;
  var_i3 = 32u;
  var_i2 = var_i2 <= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = var_l10;
  var_i2 = 65744u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l0 = var_i0;
  var_i0 = var_l11;
  var_i1 = var_l1;
  var_i2 = var_l10;
  var_i1 += var_i2;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = var_l2;
    var_i0 = !(var_i0);
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = var_l0;
      var_i2 = var_l1;
      var_i1 += var_i2;
      var_i2 = var_l11;
      var_i1 -= var_i2;
      var_l1 = var_i1;
      var_i2 = var_l0;
      var_i3 = var_l1;
      var_i2 = var_i2 < var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l0 = var_i0;
    }
    var_i0 = 65568u;
    var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = 65944u;
    var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i0 = var_j0 >= var_j1;
    if (var_i0) {
      var_L20: 
        var_i0 = var_l0;
        var_i1 = var_l3;
        var_i0 = var_i0 > var_i1;
        if (var_i0) {
          var_i0 = 4096u;
          var_i1 = 65544u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 65552u;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i1 -= var_i2;
          var_i0 -= var_i1;
          var_i1 = 32u;
          var_i0 = var_i0 > var_i1;
        } else {
          var_i0 = 0u;
        }
        if (var_i0) {
          var_i0 = 65592u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i0 = !(var_i0);
          if (var_i0) {goto var_B23;}
          var_i0 = 65628u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          if (var_i0) {
            var_i0 = 538624u;
            var_i1 = 32u;
            var_i2 = var_l0;
            var_i3 = var_l3;
            var_i2 -= var_i3;
            var_l1 = var_i2;
            var_i3 = var_l1;
            var_i4 = 32u;
            var_i3 = var_i3 >= var_i4;
            var_i1 = var_i3 ? var_i1 : var_i2;
            var_i2 = 65612u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_i0 = w2c_core_f21(instance, var_i0, var_i1, var_i2);
          } else {
            var_i0 = 4294967295u;
          }
          var_l7 = var_i0;
          var_i1 = 4294967295u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {goto var_B23;}
          var_i0 = 66668u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l5 = var_i0;
          var_i0 = 0u;
          var_l2 = var_i0;
          var_L25: 
            var_i0 = var_l2;
            var_i1 = var_l5;
            var_i0 = var_i0 < var_i1;
            if (var_i0) {
              var_i0 = 65604u;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l6 = var_i0;
              var_i0 = 0u;
              var_l4 = var_i0;
              var_L28: 
                var_i0 = var_l4;
                var_i1 = 32u;
                var_i0 = var_i0 < var_i1;
                if (var_i0) {
                  var_i0 = 0u;
                  var_l1 = var_i0;
                  var_i0 = 66056u;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                  var_l12 = var_i0;
                  var_i1 = 66072u;
                  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                  var_l8 = var_i1;
                  var_i0 += var_i1;
                  var_l9 = var_i0;
                  var_i0 = !(var_i0);
                  if (var_i0) {goto var_B27;}
                  var_i0 = 66064u;
                  var_i1 = 66048u;
                  var_i2 = var_l6;
                  var_i3 = 2u;
                  var_i2 = var_i2 == var_i3;
                  var_l1 = var_i2;
                  if (var_i2) {
                    var_i2 = var_l9;
                    var_i3 = var_l8;
                    var_i4 = 10u;
                    var_i3 *= var_i4;
                    var_i2 = var_i2 <= var_i3;
                    var_i3 = 1u;
                    var_i4 = var_l12;
                    var_i2 = var_i4 ? var_i2 : var_i3;
                  } else {
                    var_i2 = var_l1;
                  }
                  var_i0 = var_i2 ? var_i0 : var_i1;
                  var_l8 = var_i0;
                  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                  var_l1 = var_i0;
                  if (var_i0) {
                    var_i0 = var_l8;
                    var_i1 = var_l1;
                    w2c_core_f15(instance, var_i0, var_i1);
                  }
                  var_i0 = var_l6;
                  if (var_i0) {
                    var_i0 = var_l1;
                    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                    var_i1 = 8u;
                    var_i0 &= var_i1;
                  } else {
                    var_i0 = 0u;
                  }
                  var_i0 = !(var_i0);
                  if (var_i0) {goto var_B27;}
                  var_i0 = var_l1;
                  var_i1 = var_l1;
                  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                  var_i2 = 4294967287u;
                  var_i1 &= var_i2;
                  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                  var_i0 = var_l1;
                  var_i1 = var_l1;
                  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
                  var_i2 = 16u;
                  var_i1 |= var_i2;
                  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
                  var_i0 = 66048u;
                  var_i1 = var_l1;
                  w2c_core_f28(instance, var_i0, var_i1);
                  var_i0 = var_l4;
                  var_i1 = 1u;
                  var_i0 += var_i1;
                  var_l4 = var_i0;
                  goto var_L28;
                }
              var_i0 = 66052u;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_l1 = var_i0;
              if (var_i0) {
                var_i0 = 66048u;
                var_i1 = var_l1;
                w2c_core_f15(instance, var_i0, var_i1);
              }
              var_i0 = var_l1;
              var_i0 = !(var_i0);
              if (var_i0) {
                var_i0 = 66068u;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                var_l1 = var_i0;
                if (var_i0) {
                  var_i0 = 66064u;
                  var_i1 = var_l1;
                  w2c_core_f15(instance, var_i0, var_i1);
                }
              }
              var_B27:;
              var_i0 = var_l1;
              if (var_i0) {
                var_i0 = var_l1;
                var_i1 = var_l2;
                var_i2 = var_l7;
                var_i1 += var_i2;
                w2c_core_f102(instance, var_i0, var_i1);
                var_i0 = var_l2;
                var_i1 = 1u;
                var_i0 += var_i1;
                var_l2 = var_i0;
                goto var_L25;
              }
            }
          w2c_core_f25(instance);
          var_i0 = var_l2;
          var_i1 = var_l3;
          var_i0 += var_i1;
          var_l3 = var_i0;
          var_i0 = var_l2;
          var_i1 = var_l5;
          var_i0 = var_i0 < var_i1;
          if (var_i0) {goto var_B23;}
          goto var_L20;
          var_B23:;
        }
    }
  }
  var_i0 = var_l11;
  if (var_i0) {
    var_i0 = var_l10;
    w2c_core_f87(instance, var_i0);
  }
  w2c_core_f23(instance);
  w2c_core_f25(instance);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f206(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = var_p1;
  var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  var_i1 = 7u;
  var_i0 = var_i0 != var_i1;
  var_i1 = 0u;
  var_i2 = var_l3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = var_p1;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_i1 = 1u;
    var_i0 &= var_i1;
  }
  if (var_i0) {
    var_i0 = var_p1;
    w2c_core_f27(instance, var_i0);
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
  var_l7 = var_i0;
  var_i1 = 3584u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
    var_l3 = var_i0;
    var_i0 = 65696u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
      var_l3 = var_i0;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 24576u;
        var_i0 *= var_i1;
        var_i1 = 21511424u;
        var_i0 += var_i1;
      } else {
        var_i0 = 0u;
      }
    } else {
      var_i0 = 0u;
    }
    var_l6 = var_i0;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
      var_i1 = 512u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 6u);
        var_l3 = var_i0;
        var_i0 = 65696u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = 12u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 4738304u;
          var_i0 += var_i1;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 192u);
          var_l3 = var_i0;
          if (var_i0) {
            var_i0 = var_l3;
            var_i1 = 24576u;
            var_i0 *= var_i1;
            var_i1 = 21511424u;
            var_i0 += var_i1;
          } else {
            var_i0 = 0u;
          }
        } else {
          var_i0 = 0u;
        }
        var_l3 = var_i0;
        if (var_i0) {
          var_i0 = var_l3;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 3u;
          var_i0 = var_i0 == var_i1;
        } else {
          var_i0 = 0u;
        }
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        var_i0 = 65688u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_p0;
        var_i2 = 65672u;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_i1 -= var_i2;
        var_l3 = var_i1;
        var_i2 = 14u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 3u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l3;
        var_i2 = 16383u;
        var_i1 &= var_i2;
        var_i2 = 5u;
        var_i1 >>= (var_i2 & 31);
        var_i0 += var_i1;
        var_l5 = var_i0;
        var_i0 = var_l6;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_l3 = var_i0;
        var_i1 = 6u;
        var_i0 = var_i0 == var_i1;
        var_i1 = 1u;
        var_i2 = var_l3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = var_l6;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
          var_i1 = 5u;
          var_i0 = var_i0 == var_i1;
        }
        if (var_i0) {goto var_B11;}
        var_i0 = var_l6;
        var_i1 = 5u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
        var_i0 = var_l6;
        var_i1 = var_l5;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 32, var_i1);
        var_i0 = var_l6;
        var_i1 = 6u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 36, var_i1);
        var_i0 = var_l6;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 40, var_i1);
        var_B11:;
      }
      var_i0 = var_l6;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = 1u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_l6;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i1 = 2u;
        var_i0 = var_i0 == var_i1;
      }
      if (var_i0) {
        var_i0 = var_l6;
        var_i1 = 1u;
        i32_store8_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 113, var_i1);
      }
    }
    var_i0 = var_p0;
    var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
    var_l3 = var_i0;
    var_i1 = 512u;
    var_i0 &= var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l3;
      var_i2 = 4294966783u;
      var_i1 &= var_i2;
      i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
      var_i0 = var_l6;
      if (var_i0) {
        var_i0 = var_l6;
        var_i1 = var_l6;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 1u;
        var_i1 -= var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_i1);
      }
    }
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
    var_i2 = 4294964223u;
    var_i1 &= var_i2;
    i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
    var_i0 = var_l7;
    var_i1 = 1024u;
    var_i0 &= var_i1;
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
  } else {
    var_i0 = 0u;
  }
  var_i1 = var_p0;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 32u;
  var_i1 &= var_i2;
  var_i2 = 0u;
  var_i1 = var_i1 != var_i2;
  var_l7 = var_i1;
  var_i1 = var_p0;
  var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l6 = var_i1;
  var_i2 = 1u;
  var_i1 = var_i1 == var_i2;
  var_l5 = var_i1;
  if (var_i1) {
    var_i1 = 66080u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_l3 = var_i1;
    var_L19: 
      var_i1 = var_l3;
      if (var_i1) {
        var_i1 = var_p0;
        var_i2 = var_l3;
        var_i1 = var_i1 == var_i2;
        if (var_i1) {
          var_i1 = var_p0;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
          var_l3 = var_i1;
          var_i1 = var_l4;
          if (var_i1) {
            var_i1 = var_l4;
            var_i2 = var_l3;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8, var_i2);
          } else {
            var_i1 = 66080u;
            var_i2 = var_l3;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
          }
          var_i1 = var_l3;
          var_i1 = !(var_i1);
          if (var_i1) {
            var_i1 = 66084u;
            var_i2 = var_l4;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
          }
          var_i1 = 66088u;
          var_i2 = 66088u;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i3 = 1u;
          var_i2 -= var_i3;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
          var_i1 = var_p0;
          var_i2 = var_p0;
          var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2u);
          var_i3 = 4294967263u;
          var_i2 &= var_i3;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2, var_i2);
          var_i1 = 1u;
          goto var_B18;
        }
        var_i1 = var_l3;
        var_l4 = var_i1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_l3 = var_i1;
        goto var_L19;
      }
    var_i1 = 0u;
    var_B18:;
    var_l5 = var_i1;
  }
  var_i1 = var_l6;
  var_i2 = 1u;
  var_i1 = var_i1 == var_i2;
  var_l3 = var_i1;
  if (var_i1) {
    var_i1 = var_l5;
    var_i1 = !(var_i1);
    var_l3 = var_i1;
  }
  var_i1 = var_l3;
  if (var_i1) {
    var_i1 = 0u;
    var_l4 = var_i1;
    var_i1 = 66096u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_l3 = var_i1;
    var_L27: 
      var_i1 = var_l3;
      if (var_i1) {
        var_i1 = var_p0;
        var_i2 = var_l3;
        var_i1 = var_i1 == var_i2;
        if (var_i1) {
          var_i1 = var_p0;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
          var_l3 = var_i1;
          var_i1 = var_l4;
          if (var_i1) {
            var_i1 = var_l4;
            var_i2 = var_l3;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8, var_i2);
          } else {
            var_i1 = 66096u;
            var_i2 = var_l3;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
          }
          var_i1 = var_l3;
          var_i1 = !(var_i1);
          if (var_i1) {
            var_i1 = 66100u;
            var_i2 = var_l4;
            i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
          }
          var_i1 = 66104u;
          var_i2 = 66104u;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i3 = 1u;
          var_i2 -= var_i3;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
          var_i1 = var_p0;
          var_i2 = var_p0;
          var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 2u);
          var_i3 = 4294967263u;
          var_i2 &= var_i3;
          i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2, var_i2);
          var_i1 = 1u;
          goto var_B26;
        }
        var_i1 = var_l3;
        var_l4 = var_i1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
        var_l3 = var_i1;
        goto var_L27;
      }
    var_i1 = 0u;
    var_B26:;
    var_l3 = var_i1;
  }
  var_i1 = var_l7;
  var_i2 = var_l6;
  var_i3 = 4u;
  var_i2 = var_i2 == var_i3;
  var_i1 &= var_i2;
  if (var_i1) {
    var_i1 = 66112u;
    var_i2 = var_p0;
    w2c_core_f15(instance, var_i1, var_i2);
  } else {
    var_i1 = 76u;
    var_i2 = var_l6;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 1u;
    var_i1 &= var_i2;
    if (var_i1) {
      var_i1 = var_p0;
      w2c_core_f44(instance, var_i1);
    }
  }
  var_i1 = 65688u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_p0;
  var_i3 = 65672u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_i3 = 14u;
  var_i2 >>= (var_i3 & 31);
  var_i3 = 3u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_l4 = var_i1;
  var_i2 = var_l4;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
  var_i3 = var_l6;
  var_i4 = 2u;
  var_i3 <<= (var_i4 & 31);
  var_i4 = 1664u;
  var_i3 += var_i4;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4, var_i2);
  var_i1 = 65688u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_p1;
  var_i3 = 65672u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_i3 = 14u;
  var_i2 >>= (var_i3 & 31);
  var_i3 = 3u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_l4 = var_i1;
  var_i2 = var_l4;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
  var_i3 = var_l6;
  var_i4 = 2u;
  var_i3 <<= (var_i4 & 31);
  var_i4 = 1664u;
  var_i3 += var_i4;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 += var_i3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4, var_i2);
  var_i1 = var_p1;
  var_i2 = var_p0;
  var_i3 = 32u;
  memory_copy(instance->w2c_env_memory, instance->w2c_env_memory, var_i1, var_i2, var_i3);
  var_i1 = var_p0;
  var_i2 = 0u;
  var_i3 = 32u;
  memory_fill(instance->w2c_env_memory, var_i1, var_i2, var_i3);
  var_i1 = var_p0;
  var_i2 = var_p2;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 6, var_i2);
  var_i1 = var_p1;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_p0 = var_i1;
  var_i2 = 4294967295u;
  var_i1 = var_i1 != var_i2;
  if (var_i1) {
    var_i1 = var_p0;
    var_i2 = 5u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 497664u;
    var_i1 += var_i2;
    var_i2 = var_p1;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4, var_i2);
  }
  var_i1 = var_l5;
  if (var_i1) {
    var_i1 = 66080u;
    var_i2 = var_p1;
    w2c_core_f17(instance, var_i1, var_i2);
  } else {
    var_i1 = var_l3;
    if (var_i1) {
      var_i1 = 66096u;
      var_i2 = var_p1;
      w2c_core_f17(instance, var_i1, var_i2);
    } else {
      var_i1 = var_l7;
      var_i2 = var_l6;
      var_i3 = 4u;
      var_i2 = var_i2 == var_i3;
      var_i1 &= var_i2;
      if (var_i1) {
        var_i1 = 66112u;
        var_i2 = var_p1;
        w2c_core_f28(instance, var_i1, var_i2);
      } else {
        var_i1 = var_l7;
        var_i2 = 76u;
        var_i3 = var_l6;
        var_i2 >>= (var_i3 & 31);
        var_i3 = 1u;
        var_i2 &= var_i3;
        var_i1 &= var_i2;
        if (var_i1) {
          var_i1 = var_p1;
          w2c_core_f16(instance, var_i1);
        }
      }
    }
  }
  FUNC_EPILOGUE;
  return var_i0;
}

static u32 w2c_core_f207(w2c_core* instance, u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, 
      var_l12 = 0, var_l13 = 0;
  u64 var_l14 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10, var_i11;
  u64 var_j0, var_j1, var_j2, var_j3, var_j7, var_j8, var_j9;
  var_i0 = var_p3;
  var_i1 = 2048u;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 32u;
  var_l4 = var_i0;
  var_L1: 
    var_i0 = var_l4;
    var_i1 = 44u;
    var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = var_p1;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_i0 += var_i1;
      var_i1 = var_l4;
      var_i2 = var_p0;
      var_i3 = 12u;
      var_i2 <<= (var_i3 & 31);
      var_i3 = 4738304u;
      var_i2 += var_i3;
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = var_l4;
      var_i1 = 4u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L1;
    }
  var_i0 = var_p0;
  var_i1 = 12u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 4738304u;
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 60u);
  var_l9 = var_i0;
  var_L3: 
    var_i0 = var_l8;
    var_i1 = var_l9;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = 66320u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l4 = var_i0;
      if (var_i0) {
        var_i0 = 65784u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l4;
        var_i0 = var_i0 >= var_i1;
        if (var_i0) {
          var_i0 = 1u;
        } else {
          var_i0 = 68612u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_i1 = 1u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 68608u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 65668u;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_i3 = 65664u;
          var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
          var_i2 -= var_i3;
          var_i3 = 14u;
          var_i2 >>= (var_i3 & 31);
          var_i1 += var_i2;
          var_l4 = var_i1;
          var_i2 = 68644u;
          var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
          var_l5 = var_i2;
          var_i1 -= var_i2;
          var_i2 = 0u;
          var_i3 = var_l4;
          var_i4 = var_l5;
          var_i3 = var_i3 > var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i0 = var_i0 > var_i1;
        }
      } else {
        var_i0 = 0u;
      }
      if (var_i0) {
        w2c_core_f10(instance);
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
      var_i1 = var_l8;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B8;}
      var_i0 = var_l8;
      var_i1 = 9u;
      var_i0 <<= (var_i1 & 31);
      var_l5 = var_i0;
      var_i0 = var_l4;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l5;
        var_j0 = w2c_core_f8(instance, var_i0, var_i1);
        goto var_B9;
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
      if (var_i0) {
        var_i0 = var_l4;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
        var_i1 = var_l4;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        var_i2 = 9u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = var_l5;
        var_i3 = 9u;
        var_i2 >>= (var_i3 & 31);
        var_i1 += var_i2;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_j1 = 21ull;
        var_j0 <<= (var_j1 & 63);
        var_i1 = var_l5;
        var_i2 = 511u;
        var_i1 &= var_i2;
        var_j1 = (u64)(var_i1);
        var_i2 = 65584u;
        var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
        var_j1 <<= (var_j2 & 63);
        var_j0 |= var_j1;
        goto var_B9;
      }
      var_i0 = var_p0;
      var_i1 = 12u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = 4738304u;
      var_i0 += var_i1;
      var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
      var_i1 = var_l5;
      var_j1 = (u64)(var_i1);
      var_i2 = 65584u;
      var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
      var_j1 <<= (var_j2 & 63);
      var_j0 += var_j1;
      var_B9:;
      var_l14 = var_j0;
      var_i0 = var_p2;
      var_l4 = var_i0;
      var_i1 = var_p3;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_L13: 
        var_i0 = var_l4;
        var_i1 = var_l5;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_l4;
          var_i1 = var_l5;
          var_i0 += var_i1;
          var_i1 = 1u;
          var_i0 >>= (var_i1 & 31);
          var_l6 = var_i0;
          var_i1 = 4u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = 71680u;
          var_i0 += var_i1;
          var_l7 = var_i0;
          var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_j1 = var_l14;
          var_j2 = 2097152ull;
          var_j1 += var_j2;
          var_i0 = var_j0 >= var_j1;
          if (var_i0) {
            var_i0 = var_l6;
            var_l5 = var_i0;
          } else {
            var_j0 = var_l14;
            var_i1 = var_l7;
            var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
            var_i0 = var_j0 >= var_j1;
            if (var_i0) {
              var_i0 = var_l6;
              var_i1 = 1u;
              var_i0 += var_i1;
            } else {
              var_i0 = 1u;
              goto var_B12;
            }
            var_l4 = var_i0;
          }
          goto var_L13;
        }
      var_i0 = 0u;
      var_B12:;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = 0u;
        var_l4 = var_i0;
        var_i0 = 0u;
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
        var_i2 = var_l8;
        var_i3 = 2u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_l5 = var_i1;
        var_i2 = 21634304u;
        var_i1 = var_i1 < var_i2;
        var_i2 = 0u;
        var_i3 = var_l5;
        var_i1 = var_i3 ? var_i1 : var_i2;
        if (var_i1) {
          var_i1 = 1u;
        } else {
          var_i1 = var_p0;
          var_i2 = var_l8;
          var_i1 = w2c_core_f124(instance, var_i1, var_i2);
        }
        var_i1 = !(var_i1);
        if (var_i1) {goto var_B18;}
        var_i0 = 68616u;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
        var_i2 = var_l8;
        var_i3 = 2u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_l5 = var_i1;
        var_i2 = 10u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = var_l5;
        var_i2 = 1023u;
        var_i1 &= var_i2;
        var_i2 = 4u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l6 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12u);
        var_i0 = !(var_i0);
        if (var_i0) {goto var_B20;}
        var_i0 = var_l6;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = 68612u;
          var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
          var_l7 = var_i0;
          if (var_i0) {
            var_i0 = var_l7;
            var_i1 = 68608u;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_i2 = 65668u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_i3 = 65664u;
            var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
            var_i2 -= var_i3;
            var_i3 = 14u;
            var_i2 >>= (var_i3 & 31);
            var_i1 += var_i2;
            var_l7 = var_i1;
            var_i2 = 68644u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_l10 = var_i2;
            var_i1 -= var_i2;
            var_i2 = 0u;
            var_i3 = var_l7;
            var_i4 = var_l10;
            var_i3 = var_i3 > var_i4;
            var_i1 = var_i3 ? var_i1 : var_i2;
            var_i0 = var_i0 >= var_i1;
          } else {
            var_i0 = 1u;
          }
          if (var_i0) {
            var_i0 = 0u;
          } else {
            var_i0 = 65676u;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
            var_i1 = 68644u;
            var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_i2 = 65784u;
            var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_i1 += var_i2;
            var_i0 = var_i0 > var_i1;
          }
          var_i0 = !(var_i0);
          if (var_i0) {goto var_B20;}
          var_i0 = 68644u;
          var_i1 = 68644u;
          var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
          var_i2 = 1u;
          var_i1 += var_i2;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        }
        var_i0 = var_l6;
        var_i1 = var_l6;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
        var_i0 = 1u;
        var_l4 = var_i0;
        var_B20:;
        var_i0 = 0u;
        var_i1 = var_l4;
        var_i1 = !(var_i1);
        if (var_i1) {goto var_B18;}
        var_i0 = var_p1;
        var_i1 = var_p0;
        var_i2 = 12u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = 4738304u;
        var_i1 += var_i2;
        var_l4 = var_i1;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
        var_i2 = var_l8;
        var_i3 = var_l4;
        var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3) + 16u);
        var_i4 = 9u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 2u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_i0 = w2c_core_f77(instance, var_i0, var_i1);
        var_l4 = var_i0;
        var_i1 = 4294967295u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          var_i0 = w2c_core_f78(instance, var_i0);
          var_i0 = 2u;
          goto var_B18;
        }
        var_i0 = var_p1;
        var_i1 = 12u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = 4738304u;
        var_i0 += var_i1;
        var_l6 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
        var_i1 = var_l4;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l5;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l6;
        var_i1 = var_l6;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
        var_i2 = 1u;
        var_i1 += var_i2;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_i1);
        var_i0 = 1u;
        var_B18:;
        var_l4 = var_i0;
        var_i1 = 2u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = 0u;
          goto var_Bfunc;
        }
        var_i0 = var_l4;
        var_i1 = 1u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {goto var_B8;}
      }
      var_i0 = var_p0;
      var_i1 = var_l8;
      var_i0 = w2c_core_f52(instance, var_i0, var_i1);
      var_l12 = var_i0;
      var_i0 = var_l8;
      var_i1 = 9u;
      var_i0 <<= (var_i1 & 31);
      var_l4 = var_i0;
      var_i0 = var_p1;
      var_i1 = var_p0;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 172u);
      if (var_i1) {
        var_i1 = var_p0;
        var_i2 = var_l4;
        var_j1 = w2c_core_f8(instance, var_i1, var_i2);
        goto var_B26;
      }
      var_i1 = var_p0;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_l5 = var_i1;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 56u);
      if (var_i1) {
        var_i1 = var_l5;
        var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 20u);
        var_i2 = var_l5;
        var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 16u);
        var_i3 = 9u;
        var_i2 >>= (var_i3 & 31);
        var_i3 = var_l4;
        var_i4 = 9u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 2u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
        var_j2 = 21ull;
        var_j1 <<= (var_j2 & 63);
        var_i2 = var_l4;
        var_i3 = 511u;
        var_i2 &= var_i3;
        var_j2 = (u64)(var_i2);
        var_i3 = 65584u;
        var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
        var_j2 <<= (var_j3 & 63);
        var_j1 |= var_j2;
        goto var_B26;
      }
      var_i1 = var_p0;
      var_i2 = 12u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 4738304u;
      var_i1 += var_i2;
      var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
      var_i2 = var_l4;
      var_j2 = (u64)(var_i2);
      var_i3 = 65584u;
      var_j3 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
      var_j2 <<= (var_j3 & 63);
      var_j1 += var_j2;
      var_B26:;
      var_i0 = w2c_core_f51(instance, var_i0, var_j1);
      var_l11 = var_i0;
      var_i1 = 4294967295u;
      var_i0 = var_i0 == var_i1;
      if (var_i0) {
        var_i0 = 0u;
        goto var_Bfunc;
      }
      var_i0 = var_p1;
      var_i1 = var_l11;
      var_i2 = 9u;
      var_i1 >>= (var_i2 & 31);
      var_i0 = w2c_core_f52(instance, var_i0, var_i1);
      var_l10 = var_i0;
      var_i0 = 0u;
      var_l7 = var_i0;
      var_L30: 
        var_i0 = var_l7;
        var_i1 = 512u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_p3;
          if (var_i0) {
            var_i0 = var_l7;
            var_i1 = var_l11;
            var_i0 += var_i1;
            var_l4 = var_i0;
            var_i0 = var_p1;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 172u);
            if (var_i0) {
              var_i0 = var_p1;
              var_i1 = var_l4;
              var_j0 = w2c_core_f8(instance, var_i0, var_i1);
              goto var_B33;
            }
            var_i0 = var_p1;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_l5 = var_i0;
            var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 56u);
            if (var_i0) {
              var_i0 = var_l5;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 20u);
              var_i1 = var_l5;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
              var_i2 = 9u;
              var_i1 >>= (var_i2 & 31);
              var_i2 = var_l4;
              var_i3 = 9u;
              var_i2 >>= (var_i3 & 31);
              var_i1 += var_i2;
              var_i2 = 2u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_j0 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_j1 = 21ull;
              var_j0 <<= (var_j1 & 63);
              var_i1 = var_l4;
              var_i2 = 511u;
              var_i1 &= var_i2;
              var_j1 = (u64)(var_i1);
              var_i2 = 65584u;
              var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
              var_j1 <<= (var_j2 & 63);
              var_j0 |= var_j1;
              goto var_B33;
            }
            var_i0 = var_p1;
            var_i1 = 12u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = 4738304u;
            var_i0 += var_i1;
            var_j0 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
            var_i1 = var_l4;
            var_j1 = (u64)(var_i1);
            var_i2 = 65584u;
            var_j2 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
            var_j1 <<= (var_j2 & 63);
            var_j0 += var_j1;
            var_B33:;
            var_l14 = var_j0;
            var_i0 = var_p2;
            var_l4 = var_i0;
            var_i1 = var_p3;
            var_i0 += var_i1;
            var_l5 = var_i0;
            var_L37: 
              var_i0 = var_l4;
              var_i1 = var_l5;
              var_i0 = var_i0 < var_i1;
              if (var_i0) {
                var_j0 = var_l14;
                var_i1 = var_l4;
                var_i2 = var_l5;
                var_i1 += var_i2;
                var_i2 = 1u;
                var_i1 >>= (var_i2 & 31);
                var_l6 = var_i1;
                var_i2 = 4u;
                var_i1 <<= (var_i2 & 31);
                var_i2 = 71680u;
                var_i1 += var_i2;
                var_l13 = var_i1;
                var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i0 = var_j0 < var_j1;
                if (var_i0) {
                  var_i0 = var_l6;
                  var_l5 = var_i0;
                } else {
                  var_j0 = var_l14;
                  var_i1 = var_l13;
                  var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 8u);
                  var_i0 = var_j0 >= var_j1;
                  if (var_i0) {
                    var_i0 = var_l6;
                    var_i1 = 1u;
                    var_i0 += var_i1;
                  } else {
                    var_i0 = 1u;
                    goto var_B36;
                  }
                  var_l4 = var_i0;
                }
                goto var_L37;
              }
            var_i0 = 0u;
            var_B36:;
          } else {
            var_i0 = 0u;
          }
          var_i0 = !(var_i0);
          if (var_i0) {
            var_i0 = var_l7;
            var_i1 = 5u;
            var_i0 <<= (var_i1 & 31);
            var_l4 = var_i0;
            var_i1 = var_l10;
            var_i0 += var_i1;
            var_l5 = var_i0;
            var_i0 = 76u;
            var_i1 = var_l4;
            var_i2 = var_l12;
            var_i1 += var_i2;
            var_l4 = var_i1;
            var_i1 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            var_l6 = var_i1;
            var_i0 >>= (var_i1 & 31);
            var_i1 = 1u;
            var_i0 &= var_i1;
            if (var_i0) {
              var_i0 = var_l5;
              var_i1 = 0u;
              w2c_core_f7(instance, var_i0, var_i1);
              var_i0 = var_l5;
              var_i1 = 1u;
              var_i2 = 2u;
              var_i3 = var_l6;
              var_i4 = 2u;
              var_i3 = var_i3 == var_i4;
              var_l6 = var_i3;
              var_i1 = var_i3 ? var_i1 : var_i2;
              w2c_core_f7(instance, var_i0, var_i1);
              var_i0 = var_l6;
              if (var_i0) {
                var_i0 = var_l4;
                var_i1 = var_l5;
                w2c_core_f106(instance, var_i0, var_i1);
              }
              var_i0 = 65592u;
              var_i1 = 65592u;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i2 = 1u;
              var_i1 += var_i2;
              i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
              var_i0 = 65592u;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
              var_i1 = 65612u;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i0 += var_i1;
              var_i1 = 65628u;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i0 -= var_i1;
              var_l4 = var_i0;
              var_i1 = 65596u;
              var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              var_i0 = var_i0 > var_i1;
              if (var_i0) {
                var_i0 = 65596u;
                var_i1 = var_l4;
                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
              }
              var_i0 = var_l5;
              w2c_core_f16(instance, var_i0);
            } else {
              var_i0 = var_l7;
              var_i1 = var_l11;
              var_i0 += var_i1;
              var_l13 = var_i0;
              var_i0 = 0u;
              var_i1 = var_l4;
              var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
              var_i1 = !(var_i1);
              if (var_i1) {goto var_B45;}
              var_i0 = var_l6;
              var_i1 = 1u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_i0 = var_l4;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2u);
                var_i1 = 32u;
                var_i0 &= var_i1;
                var_i1 = 0u;
                var_i0 = var_i0 != var_i1;
                goto var_B45;
              }
              var_i0 = var_l6;
              var_i1 = 4u;
              var_i0 = var_i0 == var_i1;
              if (var_i0) {
                var_i0 = var_l4;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                var_i1 = 5u;
                var_i0 <<= (var_i1 & 31);
                var_i1 = 497632u;
                var_i0 += var_i1;
                var_i0 = i32_load8_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 1u);
                var_i1 = 4u;
                var_i0 &= var_i1;
              } else {
                var_i0 = 1u;
              }
              var_i0 = !(var_i0);
              var_i1 = var_l6;
              var_i2 = 5u;
              var_i1 = var_i1 == var_i2;
              var_i0 |= var_i1;
              var_B45:;
              if (var_i0) {
                var_i0 = var_l4;
                var_i0 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
                var_i1 = 1u;
                var_i0 -= var_i1;
                var_l4 = var_i0;
                var_j0 = 1ull;
                var_i1 = 65584u;
                var_j1 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_j0 <<= (var_j1 & 63);
                var_l14 = var_j0;
                var_i0 = var_l5;
                var_i1 = 0u;
                w2c_core_f7(instance, var_i0, var_i1);
                var_i0 = var_l5;
                var_i1 = 0u;
                i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
                var_i0 = 65592u;
                var_i1 = 65592u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i2 = 1u;
                var_i1 += var_i2;
                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                var_i0 = 65592u;
                var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
                var_i1 = 65612u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i0 += var_i1;
                var_i1 = 65628u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i0 -= var_i1;
                var_l5 = var_i0;
                var_i1 = 65596u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i0 = var_i0 > var_i1;
                if (var_i0) {
                  var_i0 = 65596u;
                  var_i1 = var_l5;
                  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                }
                var_i0 = 66640u;
                var_i1 = 66640u;
                var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
                var_i2 = 1u;
                var_i1 += var_i2;
                i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
                var_i0 = 1u;
                var_i1 = 0u;
                var_i2 = 17u;
                var_i3 = var_p1;
                var_i4 = var_l13;
                var_i5 = 1u;
                var_i6 = 4294967295u;
                var_i7 = var_p1;
                var_i8 = 12u;
                var_i7 <<= (var_i8 & 31);
                var_i8 = 4738304u;
                var_i7 += var_i8;
                var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 172u);
                if (var_i7) {
                  var_i7 = var_p1;
                  var_i8 = var_l13;
                  var_j7 = w2c_core_f8(instance, var_i7, var_i8);
                  goto var_B50;
                }
                var_i7 = var_p1;
                var_i8 = 12u;
                var_i7 <<= (var_i8 & 31);
                var_i8 = 4738304u;
                var_i7 += var_i8;
                var_l5 = var_i7;
                var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 56u);
                if (var_i7) {
                  var_i7 = var_l5;
                  var_i7 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 20u);
                  var_i8 = var_l5;
                  var_i8 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8) + 16u);
                  var_i9 = 9u;
                  var_i8 >>= (var_i9 & 31);
                  var_i9 = var_l13;
                  var_i10 = 9u;
                  var_i9 >>= (var_i10 & 31);
                  var_i8 += var_i9;
                  var_i9 = 2u;
                  var_i8 <<= (var_i9 & 31);
                  var_i7 += var_i8;
                  var_j7 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i7));
                  var_j8 = 21ull;
                  var_j7 <<= (var_j8 & 63);
                  var_i8 = var_l13;
                  var_i9 = 511u;
                  var_i8 &= var_i9;
                  var_j8 = (u64)(var_i8);
                  var_i9 = 65584u;
                  var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
                  var_j8 <<= (var_j9 & 63);
                  var_j7 |= var_j8;
                  goto var_B50;
                }
                var_i7 = var_p1;
                var_i8 = 12u;
                var_i7 <<= (var_i8 & 31);
                var_i8 = 4738304u;
                var_i7 += var_i8;
                var_j7 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i7) + 8u);
                var_i8 = var_l13;
                var_j8 = (u64)(var_i8);
                var_i9 = 65584u;
                var_j9 = i64_load32_u_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
                var_j8 <<= (var_j9 & 63);
                var_j7 += var_j8;
                var_B50:;
                var_i8 = 65576u;
                var_j8 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i8));
                var_i9 = 65616u;
                var_i9 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i9));
                var_i10 = var_l4;
                var_i11 = 65584u;
                var_i11 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i11));
                var_i10 <<= (var_i11 & 31);
                var_i9 += var_i10;
                var_j9 = (u64)(var_i9);
                var_j8 += var_j9;
                var_j9 = var_l14;
                var_i0 = w2c_core_f5(instance, var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_j7, var_j8, var_j9);
              } else {
                var_i0 = var_l6;
                var_i1 = 8u;
                var_i0 = var_i0 == var_i1;
                if (var_i0) {
                  var_i0 = var_l5;
                  var_i1 = 0u;
                  w2c_core_f7(instance, var_i0, var_i1);
                  var_i0 = var_l5;
                  var_i1 = 5u;
                  w2c_core_f7(instance, var_i0, var_i1);
                } else {
                  var_i0 = var_l4;
                  var_i1 = var_l5;
                  w2c_core_f106(instance, var_i0, var_i1);
                }
              }
            }
          }
          var_i0 = var_l7;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l7 = var_i0;
          goto var_L30;
        }
      var_B8:;
      var_i0 = var_l8;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      goto var_L3;
    }
  var_i0 = 1u;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

static void w2c_core_f223(w2c_core* instance, u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, 
      var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0, var_l14 = 0, var_l15 = 0, var_l16 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2;
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l8 = var_i0;
  var_i0 = var_l7;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_l9 = var_i0;
  var_i0 = var_l7;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_l10 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2896u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l2;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_l2 = var_i0;
    var_L2: 
      var_i0 = var_l4;
      var_i1 = 512u;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_p1;
        var_i1 = var_l4;
        var_i2 = 5u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l2;
        var_i2 = var_l4;
        var_i1 += var_i2;
        w2c_core_f134(instance, var_i0, var_i1);
        var_i0 = var_l4;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l4 = var_i0;
        goto var_L2;
      }
    var_i0 = var_p0;
    w2c_core_f133(instance, var_i0);
    goto var_Bfunc;
  }
  var_i0 = 65684u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l4 = var_i0;
  if (var_i0) {
    var_i0 = 65684u;
    var_i1 = var_l4;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68608u;
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_B4;
  }
  var_i0 = 0u;
  var_l4 = var_i0;
  var_i0 = 65668u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l2 = var_i0;
  var_i1 = 65664u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_i1 = 16384u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {goto var_B4;}
  var_i0 = 65680u;
  var_i1 = 65680u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65668u;
  var_i1 = var_l2;
  var_i2 = 16384u;
  var_i1 -= var_i2;
  var_l4 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_B4:;
  var_i0 = var_l4;
  if (var_i0) {
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l4;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 4294967295u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l4;
  var_l3 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 2784u;
    var_i1 = 0u;
    var_i2 = 0u;
    var_i3 = 0u;
    w2c_env_abort(instance->w2c_env_instance, var_i0, var_i1, var_i2, var_i3);
  }
  var_i0 = var_l8;
  var_i1 = 511u;
  var_i0 &= var_i1;
  var_i1 = var_l9;
  var_i2 = 1u;
  var_i3 = 4737296u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_l4 = var_i3;
  var_i4 = 6u;
  var_i3 -= var_i4;
  var_l2 = var_i3;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_i2 = var_l2;
  var_i1 >>= (var_i2 & 31);
  var_l2 = var_i1;
  var_i2 = 1u;
  var_i3 = var_l2;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = var_l4;
  var_i3 = 6u;
  var_i2 -= var_i3;
  var_i1 <<= (var_i2 & 31);
  var_i0 *= var_i1;
  var_j0 = (u64)(var_i0);
  var_i1 = var_l8;
  var_i2 = 9u;
  var_i1 >>= (var_i2 & 31);
  var_j1 = (u64)(var_i1);
  var_i2 = var_l4;
  var_i3 = 3u;
  var_i2 += var_i3;
  var_j2 = (u64)(var_i2);
  var_j1 <<= (var_j2 & 63);
  var_j0 += var_j1;
  var_j1 = 8ull;
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_i1 = var_l3;
  var_i2 = var_l9;
  w2c_env_annexRead(instance->w2c_env_instance, var_i0, var_i1, var_i2);
  var_i0 = var_l10;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  var_l11 = var_i0;
  var_i0 = var_l3;
  var_i1 = 8u;
  var_i0 += var_i1;
  var_i1 = var_l3;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_l13 = var_i1;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i1 = var_l3;
  var_i1 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 2u);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = var_l3;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4u);
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l14 = var_i0;
  var_L8: 
    var_i0 = var_l6;
    var_i1 = var_l13;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = 8u;
      var_i0 += var_i1;
      var_i1 = var_l6;
      var_i2 = 3u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l12 = var_i0;
      var_i0 = var_p1;
      var_i1 = var_l5;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l15 = var_i0;
      var_i0 = var_l12;
      var_i1 = 16u;
      var_i0 >>= (var_i1 & 31);
      var_l5 = var_i0;
      var_i1 = 3u;
      var_i0 &= var_i1;
      var_i1 = 0u;
      var_i0 = var_i0 != var_i1;
      var_l16 = var_i0;
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 &= var_i1;
      var_i1 = var_l11;
      var_i2 = var_l11;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l5 = var_i0;
      var_L10: 
        var_i0 = var_p1;
        var_i1 = var_l15;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_p1;
          var_i1 = var_l12;
          i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
          var_i0 = var_l16;
          if (var_i0) {
            var_i0 = var_p1;
            var_i1 = var_l4;
            var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
            i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 16, var_j1);
            var_i0 = var_l4;
            var_i1 = 8u;
            var_i0 += var_i1;
            var_l4 = var_i0;
            var_i0 = var_l14;
            if (var_i0) {
              var_i0 = var_p1;
              var_i1 = var_l2;
              var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
              i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24, var_j1);
              var_i0 = var_l2;
              var_i1 = 8u;
              var_i0 += var_i1;
              var_l2 = var_i0;
            }
            var_i0 = var_l5;
            if (var_i0) {
              var_i0 = var_p1;
              var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 24u);
              w2c_core_f70(instance, var_i0);
            }
          }
          var_i0 = var_p1;
          var_i1 = 32u;
          var_i0 += var_i1;
          var_p1 = var_i0;
          goto var_L10;
        }
      var_i0 = var_l6;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      goto var_L8;
    }
  var_i0 = 65688u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l3;
  var_i2 = 65672u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i1 -= var_i2;
  var_i2 = 14u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 4294967295u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 68608u;
  var_i1 = 68608u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l3;
  var_i1 = 65684u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65684u;
  var_i1 = var_l3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l10;
  var_i1 = 1u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = var_l7;
    var_i1 = var_l10;
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
    goto var_Bfunc;
  }
  var_i0 = 4096u;
  var_i1 = var_l8;
  var_i2 = var_l9;
  w2c_core_f35(instance, var_i0, var_i1, var_i2);
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_p0;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 68624u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 68624u;
  var_i1 = var_p0;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 66316u;
  var_i1 = 66316u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 -= var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_Bfunc:;
  FUNC_EPILOGUE;
}

static u32 w2c_core_f224(w2c_core* instance, u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l8 = 0;
  FUNC_PROLOGUE;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = 66312u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_L1: 
    var_i0 = var_l1;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l1;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_l7 = var_i0;
      var_i1 = 255u;
      var_i0 &= var_i1;
      var_l3 = var_i0;
      var_i1 = 8u;
      var_i0 = var_i0 != var_i1;
      var_i1 = 0u;
      var_i2 = var_l3;
      var_i3 = 7u;
      var_i2 = var_i2 != var_i3;
      var_i3 = 0u;
      var_i4 = var_l3;
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = 1u;
        var_i1 = var_l7;
        var_i2 = 16u;
        var_i1 >>= (var_i2 & 31);
        var_i2 = 17508u;
        var_i1 &= var_i2;
        var_i2 = var_l6;
        var_i2 = i32_load16_u_shared_default32(instance->w2c_env_memory, (u64)(var_i2) + 4u);
        var_i0 = var_i2 ? var_i0 : var_i1;
      }
      if (var_i0) {
        var_i0 = 0u;
        goto var_Bfunc;
      }
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L1;
    }
  var_i0 = 65684u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l3 = var_i0;
  if (var_i0) {
    var_i0 = 65684u;
    var_i1 = var_l3;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68608u;
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 -= var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    goto var_B5;
  }
  var_i0 = 0u;
  var_l3 = var_i0;
  var_i0 = 65668u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_l1 = var_i0;
  var_i1 = 65664u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i0 -= var_i1;
  var_i1 = 16384u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {goto var_B5;}
  var_i0 = 65680u;
  var_i1 = 65680u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = 65668u;
  var_i1 = var_l1;
  var_i2 = 16384u;
  var_i1 -= var_i2;
  var_l3 = var_i1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_B5:;
  var_i0 = var_l3;
  if (var_i0) {
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l3;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 4294967295u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  }
  var_i0 = var_l3;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_l3;
  var_l1 = var_i0;
  var_L9: 
    var_i0 = var_l4;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l5;
      var_i0 = !(var_i0);
      var_i1 = var_p0;
      var_i2 = var_l4;
      var_i3 = 5u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_l6 = var_i1;
      var_i2 = var_l2;
      var_i1 = var_i1 != var_i2;
      var_i0 |= var_i1;
      if (var_i0) {
        var_i0 = var_l5;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l5 = var_i0;
        var_i0 = var_l1;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l1 = var_i0;
        var_i1 = var_l6;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
        var_i0 = var_l1;
        var_i1 = 0u;
        i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
        var_i0 = var_l6;
        var_l2 = var_i0;
      }
      var_i0 = var_l1;
      var_i1 = var_l1;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 4u);
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L9;
    }
  var_i0 = var_l1;
  var_i1 = 8u;
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_l1 = var_i0;
  var_i0 = 0u;
  var_l2 = var_i0;
  var_L12: 
    var_i0 = var_l2;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l2;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = 16u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 3u;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = var_l6;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 16u);
        i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
        var_j0 = var_l8;
        var_i1 = var_l6;
        var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
        var_j0 |= var_j1;
        var_l8 = var_j0;
        var_i0 = var_l1;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l1 = var_i0;
      }
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L12;
    }
  var_i0 = var_l3;
  var_i1 = var_l5;
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l3;
  var_i1 = var_l1;
  var_i2 = var_l4;
  var_i1 -= var_i2;
  var_i2 = 3u;
  var_i1 >>= (var_i2 & 31);
  i32_store16_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 2, var_i1);
  var_i0 = var_l3;
  var_j1 = var_l8;
  var_j2 = 0ull;
  var_i1 = var_j1 != var_j2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_j0 = var_l8;
  var_j1 = 0ull;
  var_i0 = var_j0 != var_j1;
  if (var_i0) {
    var_i0 = 0u;
    var_l2 = var_i0;
    var_L16: 
      var_i0 = var_l2;
      var_i1 = 512u;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_l2;
        var_i2 = 5u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l4 = var_i0;
        var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
        var_i1 = 16u;
        var_i0 >>= (var_i1 & 31);
        var_i1 = 3u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = var_l1;
          var_i1 = var_l4;
          var_j1 = i64_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1) + 24u);
          i64_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_j1);
          var_i0 = var_l1;
          var_i1 = 8u;
          var_i0 += var_i1;
          var_l1 = var_i0;
        }
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        goto var_L16;
      }
  }
  var_i0 = var_l1;
  var_i1 = var_l3;
  var_i0 -= var_i1;
  var_l1 = var_i0;
  var_i0 = w2c_core_f132(instance);
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = 4096u;
    var_i1 = var_l1;
    var_i0 = w2c_core_f119(instance, var_i0, var_i1);
  } else {
    var_i0 = 4294967295u;
  }
  var_l4 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_l2;
    if (var_i0) {
      var_i0 = 68616u;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l2;
      var_i2 = 10u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
      var_i1 = var_l2;
      var_i2 = 1023u;
      var_i1 &= var_i2;
      var_i2 = 4u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 68624u;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
      var_i0 = 68624u;
      var_i1 = var_l2;
      i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    }
    var_i0 = 65688u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l3;
    var_i2 = 65672u;
    var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
    var_i1 -= var_i2;
    var_i2 = 14u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 4294967295u;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68608u;
    var_i1 = 68608u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = var_l3;
    var_i1 = 65684u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 65684u;
    var_i1 = var_l3;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_l3;
  var_i1 = var_l4;
  var_i2 = 511u;
  var_i1 &= var_i2;
  var_i2 = var_l1;
  var_i3 = 1u;
  var_i4 = 4737296u;
  var_i4 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i4));
  var_l5 = var_i4;
  var_i5 = 6u;
  var_i4 -= var_i5;
  var_l6 = var_i4;
  var_i3 <<= (var_i4 & 31);
  var_i2 += var_i3;
  var_i3 = 1u;
  var_i2 -= var_i3;
  var_i3 = var_l6;
  var_i2 >>= (var_i3 & 31);
  var_l6 = var_i2;
  var_i3 = 1u;
  var_i4 = var_l6;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = var_l5;
  var_i4 = 6u;
  var_i3 -= var_i4;
  var_i2 <<= (var_i3 & 31);
  var_i1 *= var_i2;
  var_j1 = (u64)(var_i1);
  var_i2 = var_l4;
  var_i3 = 9u;
  var_i2 >>= (var_i3 & 31);
  var_j2 = (u64)(var_i2);
  var_i3 = var_l5;
  var_i4 = 3u;
  var_i3 += var_i4;
  var_j3 = (u64)(var_i3);
  var_j2 <<= (var_j3 & 63);
  var_j1 += var_j2;
  var_j2 = 8ull;
  var_j1 >>= (var_j2 & 63);
  var_i1 = (u32)(var_j1);
  var_i2 = var_l1;
  var_i0 = w2c_env_annexWrite(instance->w2c_env_instance, var_i0, var_i1, var_i2);
  var_i1 = 65688u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = var_l3;
  var_i3 = 65672u;
  var_i3 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i3));
  var_i2 -= var_i3;
  var_i3 = 14u;
  var_i2 >>= (var_i3 & 31);
  var_i3 = 3u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 4294967295u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
  var_i1 = 68608u;
  var_i2 = 68608u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  var_i3 = 1u;
  var_i2 += var_i3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
  var_i1 = var_l3;
  var_i2 = 65684u;
  var_i2 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i2));
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
  var_i1 = 65684u;
  var_i2 = var_l3;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i1), var_i2);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 4096u;
    var_i1 = var_l4;
    var_i2 = var_l1;
    w2c_core_f35(instance, var_i0, var_i1, var_i2);
    var_i0 = 68616u;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 10u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
    var_i1 = var_l2;
    var_i2 = 1023u;
    var_i1 &= var_i2;
    var_i2 = 4u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 68624u;
    var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 68624u;
    var_i1 = var_l2;
    i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = 0u;
  var_l5 = var_i0;
  var_i0 = 0u;
  var_l3 = var_i0;
  var_L23: 
    var_i0 = var_l3;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l5;
      var_i1 = var_p0;
      var_i2 = var_l3;
      var_i3 = 5u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
      var_i2 = 16u;
      var_i1 >>= (var_i2 & 31);
      var_i0 |= var_i1;
      var_l5 = var_i0;
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L23;
    }
  var_i0 = 68616u;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 10u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i0));
  var_i1 = var_l2;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i2 = 4u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i1 = var_l4;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_p0;
  var_i1 = 1u;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 4, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l1;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 8, var_i1);
  var_i0 = var_p0;
  var_i1 = var_l5;
  var_i2 = 4294966884u;
  var_i1 &= var_i2;
  var_i1 = !(var_i1);
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0) + 12, var_i1);
  var_i0 = 66316u;
  var_i1 = 66316u;
  var_i1 = i32_load_shared_default32(instance->w2c_env_memory, (u64)(var_i1));
  var_i2 = 1u;
  var_i1 += var_i2;
  i32_store_shared_default32(instance->w2c_env_memory, (u64)(var_i0), var_i1);
  var_i0 = var_l2;
  var_Bfunc:;
  FUNC_EPILOGUE;
  return var_i0;
}

const char CORE_HASH[] = "2873a83c9d82247f5e3a1415417ceda13453412ff083a59fc33b430de9d87e78";
uint32_t coreLayoutHash(uint8_t* memory) { return w2c_core_layoutHash(memory); }
uint64_t corePageAt(uint8_t* memory, uint32_t low, uint32_t high) { return w2c_core_pageAt(memory, low, high); }
uint32_t corePageState(uint8_t* memory, uint32_t region, uint32_t page) {
  return w2c_core_pageState(memory, region, page);
}
uint32_t coreStep(uint8_t* memory) { return w2c_core_step(memory); }
void coreSettle(uint8_t* memory) { w2c_core_settle(memory); }
void coreArrive(uint8_t* memory, uint32_t frame, uint32_t generation) {
  w2c_core_arrive(memory, frame, generation);
}
