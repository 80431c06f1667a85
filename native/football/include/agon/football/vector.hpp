#pragma once

#include "agon/football/arithmetic.hpp"

/// Vectors of the pitch frame: x right, y towards the top of the picture (the sign of field y turned), z up; metres.
namespace agon::football {

struct Vector2 {
  float x = 0, y = 0;
};

struct Vector3 {
  float x = 0, y = 0, z = 0;
};

AGON_HD inline Vector2 operator+(Vector2 a, Vector2 b) { return {a.x + b.x, a.y + b.y}; }
AGON_HD inline Vector2 operator-(Vector2 a, Vector2 b) { return {a.x - b.x, a.y - b.y}; }
AGON_HD inline Vector2 operator*(Vector2 a, float s) { return {a.x * s, a.y * s}; }
AGON_HD inline float dot(Vector2 a, Vector2 b) { return a.x * b.x + a.y * b.y; }
AGON_HD inline float length(Vector2 a) { return square_root(dot(a, a)); }

AGON_HD inline Vector3 operator+(Vector3 a, Vector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
AGON_HD inline Vector3 operator-(Vector3 a, Vector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
AGON_HD inline Vector3 operator*(Vector3 a, float s) { return {a.x * s, a.y * s, a.z * s}; }
AGON_HD inline float dot(Vector3 a, Vector3 b) { return (a.x * b.x + a.y * b.y) + a.z * b.z; }
AGON_HD inline float length(Vector3 a) { return square_root(dot(a, a)); }

AGON_HD inline Vector3 cross(Vector3 a, Vector3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

}  // namespace agon::football
