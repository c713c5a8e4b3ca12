// The RPCs about rounds and their candidates.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_ROUNDS_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_ROUNDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "services/review/handler/quota_peer.h"
#include "services/review/repository/round_repository.h"
#include "services/review/repository/score_repository.h"

namespace jiebang::review {

class Rounds {
 public:
  Rounds(RoundRepository& rounds, ScoreRepository& scores, const programme::Programmes& programmes,
         const PageTokens& page_tokens, QuotaPeer& quota)
      : rounds_(rounds), scores_(scores), programmes_(programmes), page_tokens_(page_tokens), quota_(quota) {}

  Task<absl::StatusOr<v1::CreateRoundResponse>> Create(const rpc::Call& call, const v1::CreateRoundRequest& request);
  Task<absl::StatusOr<v1::GetRoundResponse>> Get(const rpc::Call& call, const v1::GetRoundRequest& request);
  Task<absl::StatusOr<v1::ListCandidatesResponse>> ListCandidates(const rpc::Call& call,
                                                                  const v1::ListCandidatesRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The page after `position` of what the request asks for, of a round that is not ranked yet, and of one that is.
  Task<absl::StatusOr<Page<v1::Candidate>>> PageByName(const RoundName& name, const v1::Round& round,
                                                       const v1::ListCandidatesRequest& request, std::string position);
  Task<absl::StatusOr<Page<v1::Candidate>>> PageByRank(const RoundName& name, const v1::Round& round,
                                                       const v1::ListCandidatesRequest& request, std::string position);

  RoundRepository& rounds_;
  ScoreRepository& scores_;
  const programme::Programmes& programmes_;
  const PageTokens& page_tokens_;
  QuotaPeer& quota_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_ROUNDS_H_
