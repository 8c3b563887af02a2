using BlueEdge.Hosting.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace BlueEdge.Hosting;

/// <summary>Begins every process of ours.</summary>
public static class ProcessBuilder
{
    private const string SpinLimit = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";

    /// <summary>
    /// The slim builder leaves out what no process of ours has, such as IIS and QUIC, and an idle one need not hold. Settings are read
    /// once. Watching their files means to watch all that is written in the folder where the process was started.
    /// </summary>
    public static WebApplicationBuilder Create(string[] args)
    {
        Descriptors.Check();
        Spellings.Check(Environment.GetEnvironmentVariables());
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.AddProxyHeaders();
        return builder;
    }

    /// <summary>
    /// Has idle threads sleep at once instead of looking for work a while longer, for a process of a cluster: most of what it
    /// waits for comes from other processes, which may need the processor to send it. To be called before there is a thread pool.
    /// </summary>
    public static void LeaveProcessorToOthers()
    {
        if (AppContext.GetData(SpinLimit) is null)
        {
            AppContext.SetData(SpinLimit, "0");
        }
    }
}
