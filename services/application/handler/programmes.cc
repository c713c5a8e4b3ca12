#include "services/application/handler/programmes.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {

Task<absl::StatusOr<v1::GetProgrammeResponse>> ProgrammeFiles::Get(const rpc::Call& /*call*/,
                                                                   const v1::GetProgrammeRequest& request) {
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName("programmes/{programme}", request.name()));
  const auto programme = programmes_.Find(ids[0]);
  if (programme == nullptr) co_return ProgrammeNotFound(ids[0]);
  v1::GetProgrammeResponse response;
  *response.mutable_programme() = programme->proto();
  co_return response;
}

Task<absl::StatusOr<v1::ListProgrammesResponse>> ProgrammeFiles::List(const rpc::Call& /*call*/,
                                                                      const v1::ListProgrammesRequest& /*request*/) {
  v1::ListProgrammesResponse response;
  for (const std::string& id : programmes_.ids()) response.add_names(absl::StrCat("programmes/", id));
  co_return response;
}

void ProgrammeFiles::Register(rpc::ServiceMethods& methods) {
  methods.Add("GetProgramme", this, &ProgrammeFiles::Get);
  methods.Add("ListProgrammes", this, &ProgrammeFiles::List);
}

}  // namespace jiebang::application
