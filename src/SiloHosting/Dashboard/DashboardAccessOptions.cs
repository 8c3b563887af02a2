using System.ComponentModel.DataAnnotations;

namespace BlueEdge.SiloHosting.Dashboard;

/// <summary>Who may see the dashboard. Configured under <c>BlueEdge:Dashboard</c>.</summary>
internal sealed class DashboardAccessOptions
{
    /// <summary>
    /// The password that browsers ask for, with any user name. Without one (the default) the dashboard is there for a process
    /// that listens on loopback addresses only, and off for every other. Set it too where a proxy passes loopback on.
    /// </summary>
    [MinLength(8)]
    public string? Key { get; set; }
}
