/* A plugin's library that is as large as PADDING says, half of it code and half of it debug information that is never used. */
#define TEXT2(value) #value
#define TEXT(value) TEXT2(value)

__asm__(".section .text.padding,\"ax\",@progbits\n.skip " TEXT(PADDING) "\n"
        ".section .debug_padding,\"\",@progbits\n.skip " TEXT(PADDING) "\n"
        ".text\n");

__attribute__((visibility("default"))) int np_plugin_entry_v1(const void **description) {
    *description = 0;
    return 0;
}
