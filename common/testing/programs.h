// Programs that a test starts.
#ifndef JIEBANG_COMMON_TESTING_PROGRAMS_H_
#define JIEBANG_COMMON_TESTING_PROGRAMS_H_

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace jiebang {

// A port of 127.0.0.1 that nobody listens on now.
int FreePort();

// Starts a program that ends with the thread that started it. `output`: where its standard output and error go, or -1.
pid_t StartProgram(const std::vector<std::string>& command, int output = -1);

// Ends it as kill -9 does, and comes back when it is gone.
void KillProgram(pid_t process);

// What a program prints until it ends.
std::string OutputOf(const std::vector<std::string>& command);

// Whether what a program printed has this in it.
bool Contains(const std::string& text, const std::string& part);

// Comes back when the condition is true. Ends the process when it is not within a minute: there is nothing to test
// then.
void AwaitOrDie(const std::string& what, const std::function<bool()>& condition);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_PROGRAMS_H_
