// Makes a disk slow for the program that this is loaded into (LD_PRELOAD): every fsync and fdatasync takes as many
// milliseconds longer as the file named by JIEBANG_SLOW_DISK says when it is called; none when there is no such file.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void wait_as_told(void) {
  const char* const name = getenv("JIEBANG_SLOW_DISK");
  FILE* const file = name == NULL ? NULL : fopen(name, "re");
  if (file == NULL) return;
  long milliseconds = 0;
  if (fscanf(file, "%ld", &milliseconds) == 1 && milliseconds > 0) {
    const struct timespec duration = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&duration, NULL);
  }
  fclose(file);
}

int fsync(int file) {
  wait_as_told();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

int fdatasync(int file) {
  wait_as_told();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}
