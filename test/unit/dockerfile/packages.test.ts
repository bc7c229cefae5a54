/** Calls of package managers: what they do, to what, and which words are options with their values. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { hasOption, packageCallOf, valuesOf } from '../../../server/src/dockerfile/packages.ts';
import { commandsOf } from '../../../server/src/dockerfile/shell.ts';

const commandIn = (script: string) => commandsOf(script)[0]!;
const callIn = (script: string) => packageCallOf(commandIn(script));

describe('a call of a package manager', () => {
  test.each([
    ['apt-get install -y curl git=1:2.*', 'apt install packages', 'curl git=1:2.*', '-y'],
    ['sudo -E /usr/bin/apt-get -t sid install a', 'apt install packages', 'a', '-t'],
    ['apt-get -o Dpkg::Use-Pty=0 -qq update', 'apt update packages', '', '-o -qq'],
    ['apt-get -oA=b install a', 'apt install packages', 'a', '-oA=b'],
    ['aptitude full-upgrade', 'apt upgrade packages', '', ''],
    ['apt-get distclean', 'apt clean packages', '', ''],
    ['apt list curl', 'apt other packages', 'curl', ''],
    ['apk add -t .run --repository x curl', 'apk install packages', 'curl', '-t --repository'],
    ['apk add --virtual=.run curl', 'apk install packages', 'curl', '--virtual=.run'],
    ['apk del .run', 'apk remove packages', '.run', ''],
    ['yum -y --setopt a=b update', 'yum upgrade packages', '', '-y --setopt'],
    ['dnf5 --repo=x makecache', 'dnf update packages', '', '--repo=x'],
    ['dnf group install Web', 'dnf install groups', 'Web', ''],
    ['yum groupinstall Web', 'yum install groups', 'Web', ''],
    ['dnf module install -y nodejs:20', 'dnf install modules', 'nodejs:20', '-y'],
    ['dnf module', 'dnf other packages', '', ''],
    ['microdnf clean all', 'microdnf clean packages', 'all', ''],
    ['tdnf erase a', 'tdnf remove packages', 'a', ''],
    ['zypper -n -p repo in -r oss git', 'zypper install packages', 'git', '-n -p -r'],
    ['zypper dup', 'zypper upgrade packages', '', ''],
  ])('%j', (script, expected, operands, options) => {
    const call = callIn(script)!;
    assert.equal(`${call.manager} ${call.does} ${call.of}`, expected);
    assert.equal(call.operands.map(({ text }) => text).join(' '), operands);
    assert.equal(call.options.map(({ text }) => text).join(' '), options);
  });

  test.each(['apt-get', 'apt-get --version', 'echo apt-get install curl', 'pip install x', 'A=b'])(
    '%j is none',
    (script) => {
      assert.equal(callIn(script), undefined);
    },
  );

  test.each([
    ['apt-get -yq install a', true],
    ['apt-get install --yes a', true],
    ['apt-get install --yes=true a', true],
    ['apt-get -oDebug=y install a', false],
    ['apt-get -o y install a', false],
    ['apt-get --yesterday install a', false],
  ])('%j says yes: %j', (script, expected) => {
    assert.equal(hasOption(callIn(script)!, 'y', 'yes'), expected);
  });

  test('options are looked for by their long names alone', () => {
    assert.ok(hasOption(callIn('apk add --root /x a')!, undefined, 'root'));
    assert.ok(!hasOption(callIn('apk add -U a')!, undefined, 'root'));
  });

  test('values stand behind an option, or in its word', () => {
    const command = commandIn('apt-get -o A=1 -oB=2 --option C=3 --option=D=4 install -y -o');
    assert.deepEqual(valuesOf(command, 'o', 'option'), ['A=1', 'B=2', 'C=3', 'D=4']);
  });
});
