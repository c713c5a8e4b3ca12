#include "services/application/domain/content.h"

#include "common/deterministic/deterministic.h"
#include "common/token/digest.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {

absl::Status CheckSize(const v1::Application& application) {
  const std::size_t bytes = application.ByteSizeLong();
  return bytes <= kMaxApplicationBytes ? absl::OkStatus() : ApplicationTooLarge(bytes, kMaxApplicationBytes);
}

v1::Application ContentOf(v1::Application application) {
  application.clear_state();
  application.clear_revision();
  application.clear_submit_time();
  application.clear_content_digest();
  application.clear_held_by();
  application.clear_return_reason();
  application.clear_etag();
  application.clear_create_time();
  application.clear_update_time();
  if (application.has_applicant()) {
    application.mutable_applicant()->clear_etag();
    application.mutable_applicant()->clear_create_time();
    application.mutable_applicant()->clear_update_time();
  }
  return application;
}

std::string ContentDigest(const v1::Application& application) {
  return token::Sha256Hex(DeterministicBytes(ContentOf(application)));
}

v1::Application WithoutTexts(v1::Application application) {
  for (v1::SectionText& section : *application.mutable_sections()) section.clear_text();
  for (v1::ScenarioInstance& instance : *application.mutable_scenario_instances()) instance.clear_description();
  return application;
}

}  // namespace jiebang::application
