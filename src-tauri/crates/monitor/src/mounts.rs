//! Folders of other machines: there the system reports no changes, so that they have to be looked at.

use std::path::Path;

/// File systems over a network, by the names that Linux gives them, or how those begin.
const OVER_A_NETWORK: &[&str] = &[
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "coda",
    "davfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.gvfsd-fuse",
    "fuse.glusterfs",
    "fuse.davfs",
    "fuse.google-drive",
    // Folders that a virtual machine shares with its host.
    "vboxsf",
    "prl_fs",
    "fuse.vmhgfs-fuse",
    "virtiofs",
];

/// Whether a folder lies on another machine.
pub(crate) fn is_remote(folder: &Path) -> bool {
    // A share of Windows: two backslashes and a server.
    if folder.to_string_lossy().starts_with(r"\\") {
        return true;
    }
    // Where there is no such table, native events are tried and sweeps find the rest.
    std::fs::read_to_string("/proc/self/mountinfo").is_ok_and(|table| is_remote_in(&table, folder))
}

/// By the table of mounts as Linux writes it (proc_pid_mountinfo(5)).
fn is_remote_in(table: &str, folder: &Path) -> bool {
    let mounts = table.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let place = unescaped(before.split(' ').nth(4)?);
        folder.starts_with(&place).then_some((place.len(), after.split(' ').next()?))
    });
    // The innermost mount counts, and of several at one place the last.
    let kind = mounts.max_by_key(|(length, _)| *length).map(|(_, kind)| kind).unwrap_or_default();
    OVER_A_NETWORK.iter().any(|name| kind.starts_with(name))
}

/// White space in a path is written as three octal digits.
fn unescaped(path: &str) -> String {
    path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_says_whether_a_folder_is_remote() {
        let table = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
            90 22 0:50 / /mnt/press\\040desk rw shared:2 - cifs //server/press rw\n\
            91 22 0:51 / /srv/cloud rw - fuse.rclone remote: rw\n\
            92 91 8:2 / /srv/cloud/local rw - xfs /dev/sdb1 rw\n";
        for (folder, remote) in [
            ("/srv/inbox", false),
            ("/mnt/press desk/in", true),
            ("/mnt/press", false),
            ("/srv/cloud/a", true),
            ("/srv/cloud/local/a", false),
        ] {
            assert_eq!(is_remote_in(table, Path::new(folder)), remote, "{folder}");
        }
        assert!(!is_remote_in("nonsense", Path::new("/a")));
    }
}
