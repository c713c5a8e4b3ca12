#include "services/review/domain/material.h"

namespace jiebang::review {

application::v1::Application WithoutContacts(application::v1::Application application) {
  if (application.has_applicant()) {
    application.mutable_applicant()->clear_contact_name();
    application.mutable_applicant()->clear_contact_phone();
  }
  for (application::v1::Declaration& declaration : *application.mutable_declarations()) declaration.clear_declared_by();
  return application;
}

}  // namespace jiebang::review
