// Reads one file in protobuf text format, saying what is wrong where.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_TEXT_PROTO_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_TEXT_PROTO_H_

#include <string>
#include <vector>

#include "common/text_files/text_files.h"
#include "google/protobuf/message.h"

namespace jiebang::maturity {

// False: not all of it could be read, and `reasons` got a line `file:line:column: reason` for each fault. What the
// parser only warns of is a fault too: the code does not act on what it does not know.
bool ParseTextProto(const TextFile& file, google::protobuf::Message& message, std::vector<std::string>& reasons);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_TEXT_PROTO_H_
