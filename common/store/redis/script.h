// A Lua script that Redis runs as one step.
#ifndef JIEBANG_COMMON_STORE_REDIS_SCRIPT_H_
#define JIEBANG_COMMON_STORE_REDIS_SCRIPT_H_

#include <string>

namespace jiebang::store::redis {

struct Script {
  std::string source;
  std::string digest;  // by which a loaded script is called
};

// commit.lua, as commit_command.h uses it.
const Script& CommitScript();
// scan.lua, head.lua and compact.lua, as redis_store.cc uses them.
const Script& ScanScript();
const Script& HeadScript();
const Script& CompactScript();

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_SCRIPT_H_
