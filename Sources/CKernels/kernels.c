int aek_placeholder(void) { return 0; }
