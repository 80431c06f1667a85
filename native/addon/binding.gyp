{
  # The object that nvcc made, and the folder of the CUDA runtime; both empty without CUDA. Given by build.mjs.
  'variables': {
    'cuda_object%': '',
    'cuda_library_folder%': '',
  },
  'targets': [
    {
      'target_name': 'football',
      'sources': ['src/addon.cpp', 'src/games-object.cpp', 'src/step-job.cpp', 'src/cpu-games.cpp'],
      'include_dirs': ['../football/include'],
      'defines': ['NAPI_VERSION=8'],
      # Contraction of a multiplication and an addition into one rounding would change bits from machine to machine.
      'cflags!': ['-O3'],
      'cflags': ['-O2', '-ffp-contract=off', '-pthread', '-Wall', '-Wextra'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20', '-fno-exceptions'],
      'cflags_cc': ['-std=c++20', '-fexceptions', '-fvisibility=hidden'],
      'ldflags': ['-pthread'],
      'configurations': {'Release': {'cflags!': ['-O3']}},
      'xcode_settings': {
        'CLANG_CXX_LANGUAGE_STANDARD': 'c++20',
        'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
        'GCC_OPTIMIZATION_LEVEL': '2',
        'OTHER_CPLUSPLUSFLAGS': ['-ffp-contract=off', '-fvisibility=hidden'],
      },
      'msvs_settings': {
        'VCCLCompilerTool': {
          'ExceptionHandling': 1,
          'AdditionalOptions': ['/std:c++20', '/fp:precise', '/utf-8'],
        },
      },
      'conditions': [
        [
          'cuda_object!=""',
          {
            'defines': ['AGON_CUDA'],
            'libraries': [
              '<(cuda_object)',
              '-L<(cuda_library_folder)',
              '-lcudart_static',
              '-lrt',
              '-ldl',
              '-lpthread',
            ],
          },
        ],
      ],
    },
  ],
}
