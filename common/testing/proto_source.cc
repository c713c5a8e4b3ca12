#include "common/testing/proto_source.h"

#include <cstdlib>
#include <iostream>

#include "google/protobuf/compiler/parser.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"

namespace jiebang {
namespace {

namespace protobuf = google::protobuf;

constexpr char kHeader[] = R"(syntax = "proto3";
package test;
import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/timestamp.proto";
import "jiebang/options/v1/limits.proto";
import "jiebang/options/v1/policy.proto";
)";

[[noreturn]] void GiveUp(const std::string& why) {
  std::cerr << "ProtoSource: " << why << std::endl;
  std::abort();
}

class ToStandardError : public protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    std::cerr << "line " << line + 1 << ", column " << column + 1 << ": " << message << std::endl;
  }
};

template <class Wanted>
const Wanted& Found(const Wanted* wanted, const std::string& name) {
  if (wanted == nullptr) GiveUp(name + " is not in the source");
  return *wanted;
}

}  // namespace

ProtoSource::ProtoSource(const std::string& definitions)
    : pool_(protobuf::DescriptorPool::generated_pool()), factory_(&pool_) {
  const std::string source = kHeader + definitions;
  protobuf::io::ArrayInputStream input(source.data(), static_cast<int>(source.size()));
  ToStandardError errors;
  protobuf::io::Tokenizer tokenizer(&input, &errors);
  protobuf::compiler::Parser parser;
  parser.RecordErrorsTo(&errors);
  protobuf::FileDescriptorProto file;
  file.set_name("test.proto");
  if (!parser.Parse(&tokenizer, &file)) GiveUp("the source does not parse");
  if (pool_.BuildFile(file) == nullptr) GiveUp("the source does not build");
}

const protobuf::Descriptor& ProtoSource::Message(const std::string& name) const {
  return Found(pool_.FindMessageTypeByName("test." + name), name);
}

const protobuf::MethodDescriptor& ProtoSource::Method(const std::string& name) const {
  return Found(pool_.FindMethodByName("test." + name), name);
}

std::unique_ptr<protobuf::Message> ProtoSource::New(const std::string& name, const std::string& text) const {
  std::unique_ptr<protobuf::Message> message(factory_.GetPrototype(&Message(name))->New());
  if (!protobuf::TextFormat::ParseFromString(text, message.get())) GiveUp(name + " has no such text: " + text);
  return message;
}

}  // namespace jiebang
