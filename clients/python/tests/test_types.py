"""Types as users see them: the package, its examples and its README under the strictest settings of mypy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((HERE / "examples").glob("*.py"))
MYPY = shutil.which("mypy")


@unittest.skipIf(MYPY is None, "there is no mypy: apt-get install mypy")
class Types(unittest.TestCase):
    said: str

    @classmethod
    def setUpClass(cls) -> None:
        """From a folder of the user's own, where no setting of this package holds."""
        folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, folder)
        for example in EXAMPLES:
            shutil.copy(example, folder)
        blocks = re.findall(r"^```python\n(.*?)^```", (HERE / "README.md").read_text(), re.MULTILINE | re.DOTALL)
        (folder / "readme.py").write_text(next(block for block in blocks if "class " in block))
        files = sorted(path.name for path in folder.glob("*.py"))
        done = subprocess.run(
            [str(MYPY), "--strict", "--config-file=", *files],
            cwd=folder,
            env={**os.environ, "MYPYPATH": str(HERE)},
            capture_output=True,
            text=True,
        )
        cls.said = done.stdout + done.stderr

    def told_of(self, file: str) -> list[str]:
        return [line for line in self.said.splitlines() if re.match(rf"(.*/)?{re.escape(file)}", line) and ": error:" in line]

    def test_the_package_is_strict(self) -> None:
        self.assertEqual(self.told_of("agon_client/"), [])

    def test_the_examples_are_strict(self) -> None:
        for example in EXAMPLES:
            with self.subTest(example.name):
                self.assertEqual(self.told_of(example.name), [])

    def test_the_student_of_the_readme_is_strict(self) -> None:
        self.assertEqual(self.told_of("readme.py"), [])

    def test_nothing_else_is_said(self) -> None:
        self.assertRegex(self.said, r"^Success: no issues found")


if __name__ == "__main__":
    unittest.main()
