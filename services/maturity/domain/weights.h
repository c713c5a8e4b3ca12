// How much each subdomain weighs in a level.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_WEIGHTS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_WEIGHTS_H_

#include <vector>

#include "jiebang/maturity/v1/model.pb.h"
#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// The weight of each leaf among those that count, by the place of the leaf in the model: element × domain × subdomain.
// Where the weight of the others goes says the model's tailoring rule (GB/T 39117-2020 leaves this open). The weights
// sum to 1, or are all 0 when none counts. Leaves that the type does not have must not count.
std::vector<Fraction> WeightsAmong(const MaturityModel& model, v1::ManufacturingType type,
                                   const std::vector<bool>& counts);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_WEIGHTS_H_
