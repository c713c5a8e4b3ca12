// What an expert sees of an application.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_MATERIAL_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_MATERIAL_H_

#include "jiebang/application/v1/application.pb.h"

namespace jiebang::review {

// The application without what would let an expert get in touch: contact person and phone number, and the persons who
// signed declarations.
application::v1::Application WithoutContacts(application::v1::Application application);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_MATERIAL_H_
