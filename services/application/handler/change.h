// A change of one application that depends on nothing but itself: read, decide, keep; again where another change came
// first.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_CHANGE_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_CHANGE_H_

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/status/status_macros.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/repository/application_repository.h"

namespace jiebang::application {

// How often a decision is taken again when it was overtaken, where the caller did not say what it had read.
inline constexpr int kMostAttempts = 8;

// True when the commit was overtaken and may be tried again; `given_etag`: the caller's.
inline bool MayTryAgain(const absl::Status& status, const std::string& given_etag, int attempt) {
  return absl::IsAborted(status) && given_etag.empty() && attempt < kMostAttempts;
}

// The status of a commit as its caller sees it.
inline absl::Status AsRefusal(const absl::Status& status, const std::string& name) {
  return absl::IsAborted(status) ? ConcurrentChange(name) : status;
}

// What an event tells of the application: enough to act without asking back.
inline std::map<std::string, std::string> DetailsOf(const v1::Application& application) {
  return {{"state", v1::Application::State_Name(application.state())},
          {"track", application.track()},
          {"revision", std::to_string(application.revision())}};
}

// The answer with the application in its field of that name, where it has one.
template <class Response>
Response AnswerWith(v1::Application application) {
  Response response;
  if constexpr (requires { response.mutable_application(); }) {
    *response.mutable_application() = std::move(application);
  }
  return response;
}

struct ApplicationChange {
  std::string name;
  std::string given_etag;
  std::string event;                           // e.g. "application.withdrawn"
  std::map<std::string, std::string> details;  // of the event, beside those of every one
  // The application as it will be, or why not.
  std::function<absl::StatusOr<v1::Application>(const v1::Application& present)> decide;
  // True where nothing is left to do: then the present application is the answer. Empty: never.
  std::function<bool(const v1::Application& present)> is_done = nullptr;
};

template <class Response>
Task<absl::StatusOr<Response>> Change(ApplicationRepository& repository, const rpc::Call& call,
                                      ApplicationChange change) {
  CO_ASSIGN_OR_RETURN(const ApplicationName name, ApplicationName::Parse(change.name));
  for (int attempt = 1;; ++attempt) {
    CO_ASSIGN_OR_RETURN(const v1::Application present, co_await repository.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(change.name, change.given_etag, present.etag()));
    if (change.is_done && change.is_done(present)) co_return AnswerWith<Response>(present);
    CO_ASSIGN_OR_RETURN(const v1::Application changed, change.decide(present));

    v1::Application answered = changed;
    answered.set_etag(NextEtag(present.etag()));
    const Response response = AnswerWith<Response>(std::move(answered));
    std::map<std::string, std::string> details = DetailsOf(changed);
    details.insert(change.details.begin(), change.details.end());
    ApplicationStep step{.application = changed, .state_before = present.state()};
    step.event = call.Happened(change.event, change.name, details);
    step.replay = call.Answered(response);
    const absl::Status saved = co_await repository.Save(std::move(step));
    if (saved.ok()) co_return response;
    if (!MayTryAgain(saved, change.given_etag, attempt)) co_return AsRefusal(saved, change.name);
  }
}

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_CHANGE_H_
