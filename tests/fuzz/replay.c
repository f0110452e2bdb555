/* SPDX-License-Identifier: MIT */
/* replay: a target over files instead of the fuzzer: inputs that once crashed it, and seeds. Each file lies in a block of just its
 * size. The fuzzer's library is not needed, so this runs in any build. */
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static int
replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        return 0;
    }
    long n = ftell(file);
    unsigned char *bytes = n >= 0 ? malloc(n > 0 ? (size_t)n : 1) : NULL;
    rewind(file);
    int whole = bytes != NULL && fread(bytes, 1, (size_t)n, file) == (size_t)n;
    fclose(file);
    if (whole)
        LLVMFuzzerTestOneInput(bytes, (size_t)n);
    free(bytes);
    return whole;
}

int
main(int argc, char **argv)
{
    int passed = 0;
    for (int i = 1; i < argc; i++) {
        fprintf(stderr, "%s\n", argv[i]);       /* the last one said is the one that crashed */
        passed += replay(argv[i]);
    }
    printf("%d passed, %d failed\n", passed, argc - 1 - passed);
    return passed != argc - 1;
}
