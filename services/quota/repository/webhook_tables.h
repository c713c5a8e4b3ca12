// Where what belongs to webhooks stands. All in one partition: they are as few as a thousand, and what a webhook leaves
// behind goes with it in one commit.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_WEBHOOK_TABLES_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_WEBHOOK_TABLES_H_

namespace jiebang::quota::webhook_tables {

inline constexpr char kPartition[] = "webhooks";

inline constexpr char kWebhook[] = "webhook";  // {unit}/{webhook}
// What follows from journals and from what receivers answered: not for the audit trail, which a webhook would otherwise
// feed with its own progress.
inline constexpr char kPlace[] = "derived_webhook_place";             // {unit}/{webhook}/{service}
inline constexpr char kDeadLetter[] = "derived_webhook_dead_letter";  // {unit}/{webhook}/{event}
inline constexpr char kRedelivery[] = "derived_webhook_redelivery";   // as above; asked for
inline constexpr char kLease[] = "derived_webhook_lease";             // kLeaseId
inline constexpr char kLeaseId[] = "dispatcher";

// So that what a webhook leaves behind goes in one commit.
inline constexpr int kMostDeadLetters = 400;

}  // namespace jiebang::quota::webhook_tables

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_WEBHOOK_TABLES_H_
