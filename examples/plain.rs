fn main() {
    std::process::exit(i32::from(keyless::cli::run(std::env::args_os(), &keyless::system::Disk)));
}
