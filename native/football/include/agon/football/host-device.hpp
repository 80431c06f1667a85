#pragma once

/// One source for both sides: under nvcc every function marked AGON_HD is compiled for the host and for the device.
#ifdef __CUDACC__
#define AGON_HD __host__ __device__
#else
#define AGON_HD
#endif
