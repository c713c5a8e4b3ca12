// hiredis and its adapter for libev, which defines functions of its own: included by the two files that speak to them.
#ifndef JIEBANG_COMMON_STORE_REDIS_HIREDIS_H_
#define JIEBANG_COMMON_STORE_REDIS_HIREDIS_H_

#include <ev.h>

#include <hiredis/adapters/libev.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#endif  // JIEBANG_COMMON_STORE_REDIS_HIREDIS_H_
