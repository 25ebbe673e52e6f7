@echo off
rem Standpoint from a checkout on Windows: the twin of ./run.
rem   run                 opens the window
rem   run test            runs the tests (arguments go to pytest)
rem   run engine COMMAND  the engine's command line, without a window
rem   run doctor          says what is there and what is missing
rem This file only finds a Python; packaging\checkout.py does the rest.
setlocal
set "CHECK=import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 15))"
if defined PYTHON (
  "%PYTHON%" -c "%CHECK%" >nul 2>nul && goto named
)
for %%V in (3.13 3.12 3.11 3.14) do (
  py -%%V -c "%CHECK%" >nul 2>nul && (
    py -%%V -I "%~dp0packaging\checkout.py" %*
    goto done
  )
)
python -c "%CHECK%" >nul 2>nul && (
  python -I "%~dp0packaging\checkout.py" %*
  goto done
)
echo run: Python 3.11, 3.12, 3.13 or 3.14 is needed, and none was found. 1>&2
echo run: Install it with:  winget install Python.Python.3.13 1>&2
exit /b 69
:named
"%PYTHON%" -I "%~dp0packaging\checkout.py" %*
:done
exit /b %ERRORLEVEL%
