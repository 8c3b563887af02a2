using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BlueEdge.Driver.Reports;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(string root)
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {Ask(root, "git", "rev-parse", "--short", "HEAD")}; {cpu}, {Environment.ProcessorCount} cores, {memory:N0} GB, Linux {Environment.OSVersion.Version.ToString(2)}; load average before it began {load}. {RuntimeInformation.FrameworkDescription}, Node {Ask(root, "node", "--version")}, {Ask(root, "redis-server", "--version").Split(' ').ElementAtOrDefault(2)?.Replace("v=", "redis-server ", StringComparison.Ordinal)}.");
    }

    private static string Ask(string folder, string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder });
            return process?.StandardOutput.ReadToEnd().Trim() ?? "?";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "(absent)";
        }
    }
}
