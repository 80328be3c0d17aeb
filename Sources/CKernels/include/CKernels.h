#ifndef CKERNELS_H
#define CKERNELS_H
int aek_placeholder(void);
#endif
