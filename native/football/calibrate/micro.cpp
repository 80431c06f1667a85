// Replays the micro-experiments of a folder that `unpack-traces.mjs` wrote and prints the rows of the table, one JSON
// object a line.
//   micro FOLDER
#include "experiments.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "micro FOLDER\n");
    return 2;
  }
  for (const calibrate::TableRow& row : calibrate::experiments(argv[1])) calibrate::write_row(stdout, row);
  return 0;
}
