// What Cairo 1.16 and Fontconfig 2.14 themselves lose: some hundred bytes for each document with a subset of a CFF font
// and for each process. Read by the leak sanitizer, by nobody otherwise.
extern "C" const char* __lsan_default_suppressions();

extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo.so\nleak:libfontconfig.so\n"; }
