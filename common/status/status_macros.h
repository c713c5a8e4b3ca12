// RETURN_IF_ERROR, ASSIGN_OR_RETURN and their co_ forms for coroutines (Debian's Abseil has none of them).
#ifndef JIEBANG_COMMON_STATUS_STATUS_MACROS_H_
#define JIEBANG_COMMON_STATUS_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define JIEBANG_CONCAT_INNER(a, b) a##b
#define JIEBANG_CONCAT(a, b) JIEBANG_CONCAT_INNER(a, b)

// A cast, since g++ takes a std::move for a mistake where the function gives a plain Status.
#define JIEBANG_RETURN_IF_ERROR_AS(keyword, expression)                                 \
  do {                                                                                  \
    if (absl::Status status_of_expression = (expression); !status_of_expression.ok()) { \
      keyword static_cast<absl::Status&&>(status_of_expression);                        \
    }                                                                                   \
  } while (false)

#define JIEBANG_ASSIGN_OR_RETURN_AS(keyword, result, target, expression) \
  auto result = (expression);                                            \
  if (!result.ok()) keyword std::move(result).status();                  \
  target = *std::move(result)

#define RETURN_IF_ERROR(expression) JIEBANG_RETURN_IF_ERROR_AS(return, expression)
#define CO_RETURN_IF_ERROR(expression) JIEBANG_RETURN_IF_ERROR_AS(co_return, expression)

#define ASSIGN_OR_RETURN(target, expression) \
  JIEBANG_ASSIGN_OR_RETURN_AS(return, JIEBANG_CONCAT(result_of_line_, __LINE__), target, expression)
#define CO_ASSIGN_OR_RETURN(target, expression) \
  JIEBANG_ASSIGN_OR_RETURN_AS(co_return, JIEBANG_CONCAT(result_of_line_, __LINE__), target, expression)

#endif  // JIEBANG_COMMON_STATUS_STATUS_MACROS_H_
