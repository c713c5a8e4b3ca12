// The flags of `jiebang serve` as its command line has them.
#ifndef JIEBANG_SERVICES_JIEBANG_SERVE_FLAGS_H_
#define JIEBANG_SERVICES_JIEBANG_SERVE_FLAGS_H_

#include "CLI/CLI.hpp"
#include "services/jiebang/suite.h"

namespace jiebang {

// `flags` outlives the parsing.
void AddServeFlags(CLI::App& serve, SuiteFlags& flags);

}  // namespace jiebang

#endif  // JIEBANG_SERVICES_JIEBANG_SERVE_FLAGS_H_
