// Known answers: the three of Random123's own test file, then draws of the TypeScript stream named (7, 'football').
#include "agon/football/random.hpp"

#include <cmath>
#include <initializer_list>

#include "check.hpp"

using namespace agon::football;

namespace {

bool equal(PhiloxBlock block, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return block.word[0] == a && block.word[1] == b && block.word[2] == c && block.word[3] == d;
}

void known_blocks() {
  CHECK(equal(philox4x32({{0, 0, 0, 0}}, 0, 0), 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
  CHECK(equal(philox4x32({{~0u, ~0u, ~0u, ~0u}}, ~0u, ~0u), 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  CHECK(equal(philox4x32({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0xa4093822, 0x299f31d0), 0xd16cfe09,
              0x94fdcceb, 0x5001e420, 0x24126ea1));
}

RandomStream football() { return make_stream(780550930u, 2054828790u, 3890786721u, 2875713783u); }

void same_as_typescript() {
  RandomStream words = football();
  for (const std::uint32_t word : {3783567210u, 849313159u, 2394237645u, 1480866029u, 2651323945u, 261451289u})
    CHECK(draw_word(words) == word);
  RandomStream uniforms = football();
  for (const double value : {0.8809303641319275, 0.19774609804153442, 0.5574518442153931, 0.3447909355163574})
    CHECK(double(draw_uniform(uniforms)) == value);
  RandomStream integers = football();
  const std::uint32_t bounds[] = {10, 22, 3000000000u, 7, 4294967295u, 2, 1000, 11};
  const std::uint32_t drawn[] = {8, 4, 1672355675, 2, 2651323944u, 0, 777, 2};
  for (int i = 0; i < 8; i++) CHECK(draw_integer(integers, bounds[i]) == drawn[i]);
  RandomStream normals = football();
  for (const double value : {0.6652325823741476, -0.7163228272961042, 1.2858698201245082, -0.15678426192959885})
    CHECK(std::fabs(double(draw_normal(normals)) - value) < 1e-6);
}

void moments() {
  double sum = 0, squares = 0;
  const int draws = 200000;
  for (int step = 0; step < draws / 10; step++) {
    RandomStream stream = step_stream(42, 3, std::uint32_t(step));
    for (int i = 0; i < 10; i++) {
      const double x = draw_normal(stream);
      sum += x;
      squares += x * x;
    }
  }
  CHECK(std::fabs(sum / draws) < 0.01);
  CHECK(std::fabs(squares / draws - 1) < 0.02);
}

void streams_differ() {
  RandomStream a = step_stream(1, 0, 0);
  RandomStream b = step_stream(1, 1, 0);
  RandomStream c = step_stream(1, 0, 1);
  RandomStream d = step_stream(1ull << 32, 0, 0);
  const std::uint32_t words[] = {draw_word(a), draw_word(b), draw_word(c), draw_word(d)};
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < i; j++) CHECK(words[i] != words[j]);
}

}  // namespace

int main() {
  known_blocks();
  same_as_typescript();
  moments();
  streams_differ();
  return check::finish("random");
}
