// A contract written down in a test: its descriptors and messages, with the options that our contracts use.
//
//   ProtoSource source(R"(message Seat { string name = 1 [(google.api.field_behavior) = REQUIRED]; })");
//   EXPECT_THAT(Check(*source.New("Seat", R"(name: "1")")), IsOk());
#ifndef JIEBANG_COMMON_TESTING_PROTO_SOURCE_H_
#define JIEBANG_COMMON_TESTING_PROTO_SOURCE_H_

#include <memory>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/message.h"

namespace jiebang {

// Ends the process when the source, a name or a message's text is wrong: then the test is.
class ProtoSource {
 public:
  // `definitions`: messages, enums and services of package `test`, without a header; the options' files are imported.
  explicit ProtoSource(const std::string& definitions);

  const google::protobuf::Descriptor& Message(const std::string& name) const;
  // "Service.Method".
  const google::protobuf::MethodDescriptor& Method(const std::string& name) const;
  // A message with what `text` (text format) says.
  std::unique_ptr<google::protobuf::Message> New(const std::string& name, const std::string& text = "") const;

 private:
  google::protobuf::DescriptorPool pool_;
  mutable google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_PROTO_SOURCE_H_
